"""Rules in the settings file: what is wrong is named at start-up, with its key and value."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from model import ChangeKind
from monitor.settings import RuleSettings, Settings, SettingsError, load
from monitor.severity import Severity

SERVER = '[smtp]\nhost = "mail.example.org"\nsender = "lw@example.org"\n'
WHOLE = """\
[[alerts.rules]]
name = "finance"
mail = ["finance@example.org"]
folder = "mails"
pages = ["cbp-executive"]
kinds = ["figure_changed"]
severity = "normal"
offices = ["OFO"]
measures = ["budget"]
threshold = "2.5 %"
when = "weekly fri 16:30"
timezone = "Europe/Paris"
health = false
"""


def read(folder: Path, text: str) -> Settings:
    path = folder / "leaderwatch.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, environ={}, overrides={})


def test_a_rule_says_who_hears_of_what_and_when(tmp_path: Path) -> None:
    (rule,) = read(tmp_path, WHOLE + SERVER).alerts.rules
    assert rule == RuleSettings(
        name="finance",
        mail=("finance@example.org",),
        folder=str(tmp_path / "mails"),
        pages=("cbp-executive",),
        kinds=(ChangeKind.FIGURE_CHANGED,),
        severity=Severity.NORMAL,
        offices=("OFO",),
        measures=("budget",),
        threshold=Decimal("2.5"),
        when="weekly fri 16:30",
        timezone="Europe/Paris",
        health=False,
    )
    assert rule.digest == "30 16 * * fri"


def test_settings_with_rules_are_shown_as_they_were_written(tmp_path: Path) -> None:
    (shown,) = read(tmp_path, WHOLE + SERVER).to_json()["alerts"]["rules"]
    assert (shown["threshold"], shown["when"]) == ("2.5%", "weekly fri 16:30")


RULE = '[[alerts.rules]]\nname = "a"\nfolder = "mails"\n'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[[alerts.rules]]\nfolder = "mails"', "alerts.rules, number 1: name is missing"),
        (
            '[[alerts.rules]]\nname = "a"',
            "alerts.rules, number 1: 'a' would reach nobody; set mail, folder or channels",
        ),
        (RULE + RULE, "alerts.rules, number 2: name = 'a'"),
        (RULE.replace('"a"', '"everyone"'), "that is what [alerts] itself goes by"),
        (RULE + 'when = "daily 7:00"', "alerts.rules, number 1: when = 'daily 7:00'"),
        (RULE + 'when = "weekly monday 07:00"', 'allowed: "at once", "daily HH:MM" or "weekly DAY HH:MM"'),
        (RULE + 'threshold = "5"', "alerts.rules, number 1: threshold = '5'"),
        (RULE + "threshold = 5", 'allowed: a percentage, such as "5%"'),
        (RULE + 'severity = "hihg"', 'did you mean "high"?'),
        (RULE + 'kinds = ["leader_replace"]', 'did you mean "leader_replaced"?'),
        (RULE + 'timezone = "Europe/Pariss"', 'did you mean "Europe/Paris"?'),
        (RULE + 'mail = ["press"]', "'press' is no mail address"),
        (RULE + 'mail = ["press@example.org"]', "would get nothing: set smtp.host"),
        (RULE + 'pages = ["cpb"]', "there is no 'cpb'; allowed: what [[...pages]] are called: cbp-executive"),
        (
            RULE + 'channels = ["pager"]',
            "there is no 'pager'; allowed: what [[...channels]] are called: there are none",
        ),
        (RULE + 'health = "yes"', "allowed: true or false"),
        (RULE + "offces = []", 'there is no such setting; did you mean "offices"?'),
        ("[alerts.rules]\nname = 1", "write [[alerts.rules]], with two brackets"),
        ('[alerts]\nunsubscribe = "ftp://x"', "allowed: a mailto:, http:// or https:// address"),
        ('[alerts]\nunsubscribe = "mailto:nobody"', "'nobody' is no mail address"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, text)
    assert reason in str(caught.value)


def test_rules_alone_are_enough_for_a_mail_server(tmp_path: Path) -> None:
    text = '[[alerts.rules]]\nname = "a"\nmail = ["press@example.org"]\n' + SERVER
    assert read(tmp_path, text).alerts.recipients == ()
