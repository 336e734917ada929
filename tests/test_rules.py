"""Rules: each recipient hears of what their rules ask for, once, when they asked for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from model import Change, ChangeKind
from monitor.rules import Addressee, addressed, overseers, wants
from monitor.settings import AlertSettings, RuleSettings, Settings, SmtpSettings
from monitor.severity import Severity, severity_of

OFO = "Office of Field Operations"
SHORT = {OFO: "OFO", "U.S. Border Patrol": "USBP"}
PRESS, DESK = "press@example.org", "desk@example.org"


def change(kind: str, office: str | None = OFO, measure: str | None = None, **more: Any) -> Change:
    return Change(
        ChangeKind(kind), office, measure, more.pop("before", None), more.pop("after", None), "", **more
    )


def figure(percent: str | None, measure: str = "operating budget", office: str | None = OFO) -> Change:
    return change("figure_changed", office, measure, percent=Decimal(percent) if percent else None)


REPLACED = change("leader_replaced")
RENAMED = change("office_renamed", "Field Operations", before=OFO, after="Field Operations")


def asks(changed: Change, page: str = "cbp", **rule: Any) -> bool:
    return wants(RuleSettings(name="r", mail=(PRESS,), **rule), changed, page, SHORT)


@pytest.mark.parametrize(
    ("rule", "changed", "wanted"),
    [
        ({}, REPLACED, True),
        ({}, change("text_changed"), False),
        ({"kinds": (ChangeKind.TEXT_CHANGED,)}, change("text_changed"), True),
        ({"pages": ("cbp",)}, REPLACED, True),
        ({"pages": ("fema",)}, REPLACED, False),
        ({"offices": ("ofo",)}, REPLACED, True),
        ({"offices": ("office of field operations",)}, REPLACED, True),
        ({"offices": ("USBP",)}, REPLACED, False),
        ({"offices": ("OFO",)}, RENAMED, True),
        ({"offices": ("Field Operations",)}, RENAMED, True),
        ({"offices": ("USBP",)}, replace(REPLACED, went_to="U.S. Border Patrol"), True),
        ({"offices": ("OFO",)}, figure("9", office=None), False),
        ({"measures": ("budget",)}, figure("1"), True),
        ({"measures": ("Operating Budget",)}, figure("1"), True),
        ({"measures": ("agents",)}, figure("1"), False),
        ({"measures": ("budget",)}, REPLACED, False),
        ({"threshold": Decimal(5)}, figure("5"), True),
        ({"threshold": Decimal(5)}, figure("-5.1"), True),
        ({"threshold": Decimal(5)}, figure("4.99"), False),
        ({"threshold": Decimal(5)}, figure(None), True),
        ({"threshold": Decimal(5)}, REPLACED, True),
        ({"severity": Severity.HIGH}, REPLACED, True),
        ({"severity": Severity.HIGH}, figure("90"), False),
        ({"severity": Severity.NORMAL}, figure("90"), True),
        ({"severity": Severity.NORMAL}, change("name_changed"), False),
        ({"offices": ("OFO",), "measures": ("budget",)}, figure("9", office="U.S. Border Patrol"), False),
    ],
)
def test_every_condition_of_a_rule_must_hold(rule: dict[str, Any], changed: Change, wanted: bool) -> None:
    assert asks(changed, **rule) is wanted


def test_every_kind_of_change_has_a_severity() -> None:
    assert {severity_of(kind) for kind in ChangeKind} == set(Severity)


def settings(*rules: RuleSettings, **alerts: Any) -> Settings:
    smtp = SmtpSettings(host="mail.example.org", sender="lw@example.org")
    return Settings(alerts=AlertSettings(rules=rules, **alerts), smtp=smtp)


def told(given: Settings) -> dict[Addressee, list[int]]:
    changes = [(1, REPLACED), (2, figure("9")), (3, change("name_changed"))]
    found = addressed(changes, "cbp", given, short=SHORT)
    return {who: [number for number, _ in heard] for who, heard in found.items()}


def test_whoever_two_rules_name_is_told_once_of_what_either_asks_for() -> None:
    given = settings(
        RuleSettings(name="figures", mail=(PRESS, DESK), measures=("budget",)),
        RuleSettings(name="people", mail=(PRESS,), kinds=(ChangeKind.LEADER_REPLACED,)),
    )
    assert told(given) == {Addressee("smtp", PRESS): [1, 2], Addressee("smtp", DESK): [2]}


def test_the_recipients_of_alerts_itself_hear_of_everything_beside_the_rules() -> None:
    given = settings(
        RuleSettings(name="wording", folder="wording", kinds=(ChangeKind.NAME_CHANGED,)), recipients=(PRESS,)
    )
    assert told(given) == {Addressee("smtp", PRESS): [1, 2, 3], Addressee("folder", "wording"): [3]}


def test_a_digest_and_an_alert_to_the_same_address_are_two_messages() -> None:
    given = settings(
        RuleSettings(name="at-once", mail=(PRESS,), severity=Severity.HIGH),
        RuleSettings(name="weekly", mail=(PRESS,), when="weekly mon 07:00", timezone="America/New_York"),
    )
    weekly = Addressee("smtp", PRESS, "0 7 * * mon", "America/New_York")
    assert told(given) == {Addressee("smtp", PRESS): [1], weekly: [1, 2, 3]}


@pytest.mark.parametrize(
    ("when", "now", "due"),
    [
        ("at once", datetime(2026, 3, 7, 9, tzinfo=UTC), datetime(2026, 3, 7, 9, tzinfo=UTC)),
        ("daily 07:00", datetime(2026, 3, 7, 9, tzinfo=UTC), datetime(2026, 3, 7, 12, tzinfo=UTC)),
        ("daily 07:00", datetime(2026, 3, 7, 12, tzinfo=UTC), datetime(2026, 3, 8, 11, tzinfo=UTC)),
        ("daily 02:30", datetime(2026, 3, 8, 0, tzinfo=UTC), datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
        ("daily 01:30", datetime(2026, 11, 1, 0, tzinfo=UTC), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("daily 01:30", datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(2026, 11, 2, 6, 30, tzinfo=UTC)),
        ("weekly sun 07:00", datetime(2026, 3, 7, 9, tzinfo=UTC), datetime(2026, 3, 8, 11, tzinfo=UTC)),
    ],
)
def test_a_digest_is_due_when_the_clock_of_its_zone_says_so(when: str, now: datetime, due: datetime) -> None:
    rule = RuleSettings(name="r", mail=(PRESS,), when=when, timezone="America/New_York")
    assert Addressee("smtp", PRESS, rule.digest, rule.timezone).due_at(now) == due


def test_health_goes_at_once_to_all_who_did_not_decline_it() -> None:
    given = settings(
        RuleSettings(name="weekly", mail=(PRESS,), when="daily 07:00"),
        RuleSettings(name="figures", mail=(DESK,), health=False),
    )
    assert overseers(given) == [Addressee("smtp", PRESS)]
