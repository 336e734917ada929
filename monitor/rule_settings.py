"""The rules of the settings: each has a name, reaches somebody, and asks for what there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitor.declared import EVERYONE, RuleSettings
from monitor.given import refuse_twins, table
from monitor.layers import Layer, SettingsError, refusal

PLURAL = "alerts.rules"


def rules(layers: list[Layer], *, pages: Sequence[str], channels: Sequence[str]) -> tuple[RuleSettings, ...]:
    """Return the rules; raises SettingsError for one that tells nobody, or names what there is not."""
    found = tuple(
        _rule(f"{PLURAL}, number {number}", layer, {"pages": pages, "channels": channels})
        for number, layer in enumerate(layers, start=1)
    )
    refuse_twins(PLURAL, "name", [rule.name for rule in found], layers)
    return found


def _rule(place: str, layer: Layer, known: Mapping[str, Sequence[str]]) -> RuleSettings:
    rule = RuleSettings(**table(RuleSettings, layer, place))
    if not rule.name:
        raise SettingsError(f"{place}: name is missing; each [[{PLURAL}]] has a name")
    if rule.name == EVERYONE:
        raise refusal(f"{place}: name", layer["name"], "that is what [alerts] itself goes by", "another name")
    if not (rule.mail or rule.folder or rule.channels):
        raise SettingsError(f"{place}: {rule.name!r} would reach nobody; set mail, folder or channels")
    for key, names in known.items():
        if strange := [name for name in getattr(rule, key) if name not in names]:
            allowed = f"what [[...{key}]] are called: {', '.join(names) or 'there are none'}"
            raise refusal(f"{place}: {key}", layer[key], f"there is no {strange[0]!r}", allowed)
    return rule
