"""The channels of the settings: each has a name and exactly one way to tell, with the secret that it needs."""

from __future__ import annotations

from dataclasses import replace

from monitor.channels.signing import secret_key
from monitor.declared import ChannelSettings, Secret
from monitor.given import refuse_twins, secret_in, table
from monitor.layers import Layer, SettingsError, refusal

WAYS = ("webhook", "apprise_file", "command", "feed")
RESERVED = ("smtp", "folder")


def channels(layers: list[Layer]) -> tuple[ChannelSettings, ...]:
    """Return the channels, with their secrets read; raises SettingsError for one that could tell nobody."""
    found = tuple(
        _channel(f"alerts.channels, number {number}", layer) for number, layer in enumerate(layers, start=1)
    )
    refuse_twins("alerts.channels", "name", [channel.name for channel in found], layers)
    return found


def _channel(place: str, layer: Layer) -> ChannelSettings:
    channel = ChannelSettings(**table(ChannelSettings, layer, place))
    if not channel.name:
        raise SettingsError(f"{place}: name is missing; each [[alerts.channels]] has a name")
    if channel.name in RESERVED:
        raise refusal(f"{place}: name", layer["name"], "that is what mails go by", "another name")
    chosen = [way for way in WAYS if getattr(channel, way)]
    if len(chosen) != 1:
        said = " and ".join(chosen) or "none of them"
        raise SettingsError(f"{place}: {said} is set; allowed: exactly one of {', '.join(WAYS)}")
    return replace(channel, secret=_secret(channel, place))


def _secret(channel: ChannelSettings, place: str) -> Secret | None:
    if channel.apprise_file:
        return secret_in(f"{place}: apprise_file", channel.apprise_file)
    if bool(channel.webhook) != bool(channel.secret_file):
        known, missing = ("webhook", "secret_file") if channel.webhook else ("secret_file", "webhook")
        raise SettingsError(f"{place}: {known} is set without {missing}; allowed: both, or neither")
    if not channel.secret_file:
        return None
    key = f"{place}: secret_file"
    secret = secret_in(key, channel.secret_file)
    try:
        secret_key(secret.reveal())
    except ValueError as error:
        raise SettingsError(
            f"{key} = {channel.secret_file!r}: {error}; allowed: whsec_ and 24 to 64 bytes as base64"
        ) from None
    return secret
