"""The settings of a run: defaults < TOML file < environment < options.

This is the one module that reads the environment. A setting that cannot be used raises SettingsError, which
names key, value, origin and what is allowed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from monitor.allowed import SENDER
from monitor.channel_settings import channels
from monitor.declared import (
    CBP_URL,
    HIDDEN,
    AlertSettings,
    ChannelSettings,
    FetchSettings,
    LogSettings,
    PageSettings,
    RuleSettings,
    ScheduleSettings,
    Secret,
    Settings,
    SmtpSettings,
    WebSettings,
    declarations,
    without_password,
)
from monitor.given import refuse_twins, secret_in, table, value, values
from monitor.layers import (
    PREFIX,
    URL,
    Given,
    Layer,
    SettingsError,
    from_environ,
    from_file,
    from_options,
    refusal,
    variable_of,
)
from monitor.rule_settings import rules
from monitor.starter import starter_file

__all__ = [
    "CBP_URL",
    "HIDDEN",
    "AlertSettings",
    "ChannelSettings",
    "FetchSettings",
    "LogSettings",
    "PageSettings",
    "RuleSettings",
    "ScheduleSettings",
    "Secret",
    "Settings",
    "SettingsError",
    "SmtpSettings",
    "WebSettings",
    "from_environment",
    "load",
    "starter_file",
    "without_password",
]

DEFAULT_FILE = "leaderwatch.toml"
CRON, EVERY = "schedule.cron", "schedule.every"
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def from_environment(
    config: str | Path | None = None, overrides: Mapping[str, object] | None = None
) -> Settings:
    """Return the settings of this process.

    The file is `config` (the option), else LEADERWATCH_CONFIG, else ./leaderwatch.toml where there is one.
    """
    named = config or os.environ.get(f"{PREFIX}CONFIG") or None
    path = Path(named) if named else Path(DEFAULT_FILE)
    found = path if named or path.exists() else None
    return load(found, environ=os.environ, overrides=overrides or {})


def load(path: Path | None, *, environ: Mapping[str, str], overrides: Mapping[str, object]) -> Settings:
    """Return the settings that a file, the environment and the options give together, later ones winning.

    `overrides` has dotted keys (`database`, `url`, `schedule.every`, ...); None means not given. `url`, also as
    LEADERWATCH_URL, leaves that one page to watch. Relative paths in the file start at the file's own folder.
    """
    file, several = from_file(path) if path else ({}, dict[str, list[Layer]]())
    layers = (file, from_environ(environ), from_options(overrides))
    given = layers[0] | layers[1] | layers[2]
    given[CRON] = _cron_that_counts(layers)
    settings = Settings(
        **values(Settings, given, ""),
        pages=_pages(several.get("pages", []), given.get(URL)),
        fetch=FetchSettings(**values(FetchSettings, given, "fetch.")),
        schedule=ScheduleSettings(**values(ScheduleSettings, given, "schedule.")),
        log=LogSettings(**values(LogSettings, given, "log.")),
        alerts=AlertSettings(
            **values(AlertSettings, given, "alerts."),
            channels=(named := channels(several.get("alerts.channels", []))),
            rules=rules(
                several.get("alerts.rules", []),
                pages=_names(several.get("pages", [])),
                channels=[channel.name for channel in named],
            ),
        ),
        smtp=_smtp(given),
        web=_web(given),
    )
    return _refuse_silence(settings)


def _cron_that_counts(layers: Iterable[Layer]) -> Given:
    """Return the cron expression that no later layer replaces by an interval; an empty one for none."""
    cron = Given("", "")
    for layer in layers:
        if CRON in layer and layer[CRON].value != "":
            cron = layer[CRON]
            if EVERY in layer:
                reason = f"{EVERY} = {layer[EVERY].value!r} is given beside it"
                raise refusal(CRON, cron, reason, "one of the two")
        elif CRON in layer or EVERY in layer:
            cron = Given("", "")
    return cron


def _names(pages: list[Layer]) -> list[str]:
    """Return what the pages of a file are called, those without a name left out."""
    return [str(layer["name"].value) for layer in pages if "name" in layer] or [PageSettings.name]


def _pages(layers: list[Layer], only: Given | None) -> tuple[PageSettings, ...]:
    pages = tuple(_page(number, layer) for number, layer in enumerate(layers, start=1)) or (PageSettings(),)
    for name in ("name", "url"):
        refuse_twins("pages", name, [getattr(page, name) for page in pages], layers)
    if only is None:
        return pages
    url = value(URL, only, declarations(PageSettings)["url"][0].kind)
    return tuple(page for page in pages if page.url == url) or (PageSettings(name=name_for(url), url=url),)


def _page(number: int, layer: Layer) -> PageSettings:
    for key in ("name", "url"):
        if key not in layer:
            raise SettingsError(
                f"pages, number {number}: {key} is missing; each [[pages]] has a name and a url"
            )
    page = PageSettings(**table(PageSettings, layer, f"pages, number {number}"))
    if page.cron is not None and page.every is not None:
        reason = f"every = {layer['every'].value!r} is given beside it"
        raise refusal(f"pages, number {number}: cron", layer["cron"], reason, "one of the two")
    return page


def name_for(url: str) -> str:
    """Return the name of a page that is given by its URL alone: readable, and never that of another URL."""
    plain = re.sub(r"[^a-z0-9]+", "-", url.lower().partition("://")[2].removeprefix("www.")).strip("-")
    return f"{plain[:48].strip('-')}-{sha256(url.encode()).hexdigest()[:6]}"


def _smtp(given: Layer) -> SmtpSettings | None:
    found = {name: each for name, each in values(SmtpSettings, given, "smtp.").items() if each is not None}
    smtp = SmtpSettings(**found)
    if not smtp.host:
        if smtp != SmtpSettings():
            raise SettingsError(
                f"smtp.host is missing, but {_first_of(found, given)} is set; name the mail server"
            )
        return None
    if not smtp.sender:
        raise SettingsError(
            f"smtp.sender is missing: with a mail server, say who the mails are from, as {SENDER.allowed}"
        )
    return _safe_login(replace(smtp, password=_password("smtp", smtp.password_file, given)))


def _web(given: Layer) -> WebSettings:
    found = {name: each for name, each in values(WebSettings, given, "web.").items() if each is not None}
    web = WebSettings(**found)
    return replace(web, password=_password("web", web.password_file, given))


def _first_of(found: Mapping[str, Any], given: Layer) -> str:
    name = next(iter(found))
    return f"smtp.{name} ({given[f'smtp.{name}'].origin})"


def _password(section: str, file: str | None, given: Layer) -> Secret | None:
    from_variable = given.get(f"{section}.password")
    if from_variable:
        return Secret(from_variable.value)
    if not file:
        return None
    return secret_in(f"{section}.password_file", file)


def _safe_login(smtp: SmtpSettings) -> SmtpSettings:
    if (smtp.user is None) != (smtp.password is None):
        known, missing = ("smtp.user", "a password") if smtp.user else ("a password", "smtp.user")
        raise SettingsError(
            f"{known} is set without {missing}; allowed: both ({variable_of('smtp.password')}), or neither"
        )
    if smtp.password and smtp.security == "none" and smtp.host not in LOOPBACK:
        raise SettingsError(
            f'smtp.security = "none" would send the password to {smtp.host} for all to read; '
            'allowed: "starttls" or "tls"'
        )
    return smtp


def _refuse_silence(settings: Settings) -> Settings:
    """Refuse recipients whom no mail can reach, and a mail server without anybody to write to."""
    alerts, mailed = settings.alerts, [rule for rule in settings.alerts.rules if rule.mail]
    if alerts.recipients and not settings.smtp and not alerts.folder:
        raise SettingsError(
            f"alerts.recipients = {list(alerts.recipients)} would get nothing: set smtp.host, or alerts.folder"
        )
    if mailed and not settings.smtp:
        raise SettingsError(
            f"alerts.rules: mail = {list(mailed[0].mail)} of {mailed[0].name!r} would get nothing: set smtp.host"
        )
    if settings.smtp and not alerts.recipients and not mailed:
        raise SettingsError(f"smtp.host = {settings.smtp.host!r} has nobody to write to: set alerts.recipients")
    return settings
