"""Which differences are news, which wait, which were withdrawn: without a page or an archive."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from model import Change, ChangeKind
from monitor.confirming import Loss, sift, take_all
from monitor.history.certainty import Mark
from storage.rows import Origin

START = datetime(2024, 5, 1, 6, tzinfo=UTC)
TEN = timedelta(minutes=10)
DOE = {"name": "Jane Doe", "title": "Director", "capacity": "permanent"}


def change(
    kind: ChangeKind, office: str = "Harbors", measure: str | None = None, before: object = DOE
) -> Change:
    return Change(kind, office, measure, before, None, f"{kind.value} at {office}")


def pending(lost: Change, *, first_seen: datetime = START, number: int = 1) -> Loss:
    seen = first_seen - timedelta(hours=1)
    return Loss(number, lost, seen, Mark(first_seen, 2, 2), 1, Origin.CHECK)


GONE = change(ChangeKind.LEADER_DEPARTED)
NEW = change(ChangeKind.FIGURE_ADDED)


def test_news_is_told_and_losses_wait() -> None:
    findings = sift([GONE, NEW], [], seen_at=START, wait=TEN)
    assert (findings.told, findings.losses, findings.unconfirmed) == ([NEW], (GONE,), [GONE])


def test_a_loss_seen_again_too_soon_waits_on() -> None:
    stored = pending(GONE)
    findings = sift([GONE], [stored], seen_at=START + TEN - timedelta(seconds=1), wait=TEN)
    assert (findings.waiting, findings.told, findings.losses) == ((stored,), [], ())


def test_a_loss_seen_again_after_the_wait_is_confirmed() -> None:
    stored = pending(GONE)
    findings = sift([GONE], [stored], seen_at=START + TEN, wait=TEN)
    assert (findings.confirmed, findings.told, findings.unconfirmed) == ((stored,), [GONE], [])


def test_a_loss_that_is_not_there_any_more_is_withdrawn() -> None:
    stored = pending(GONE)
    findings = sift([NEW], [stored], seen_at=START + TEN, wait=TEN)
    assert (findings.withdrawn, findings.told) == ((stored,), [NEW])


def test_where_a_person_went_does_not_make_it_another_loss() -> None:
    stored = pending(replace(GONE, went_to="Rivers", sentence="Jane Doe went to Rivers."))
    assert sift([GONE], [stored], seen_at=START + TEN, wait=TEN).confirmed == (replace(stored, change=GONE),)


def test_a_loss_goes_with_its_office_under_a_new_name() -> None:
    stored = pending(GONE)
    renamed = Change(
        ChangeKind.OFFICE_RENAMED, "Ports", None, "Harbors", "Ports", "Harbors is now called Ports."
    )
    there = replace(GONE, office="Ports")
    for findings in (
        sift([renamed, there], [stored], seen_at=START + TEN, wait=TEN),
        take_all([renamed, there], [stored]),
    ):
        assert (findings.confirmed, findings.withdrawn) == ((replace(stored, change=there),), ())
        assert findings.told == [renamed, there]


def test_a_loss_stays_one_where_the_whole_office_goes_after_it() -> None:
    stored, removed = pending(GONE), change(ChangeKind.OFFICE_REMOVED, before="Harbors")
    findings = sift([removed], [stored], seen_at=START + TEN, wait=TEN)
    assert (findings.confirmed, findings.losses, findings.withdrawn) == ((stored,), (removed,), ())


def test_two_figures_of_one_measure_are_two_losses() -> None:
    eight, five = (change(ChangeKind.FIGURE_REMOVED, measure="offices", before={"value": n}) for n in (8, 5))
    stored = pending(eight)
    findings = sift([eight, five], [stored], seen_at=START + TEN, wait=TEN)
    assert (findings.confirmed, findings.losses) == ((stored,), (five,))


def test_another_loss_of_the_same_office_is_no_second_sighting() -> None:
    stored = pending(GONE)
    other = replace(GONE, before=DOE | {"name": "Rafael Ortega"})
    findings = sift([other], [stored], seen_at=START + TEN, wait=TEN)
    assert (findings.withdrawn, findings.losses) == ((stored,), (other,))


def test_a_version_confirmed_as_a_whole_waits_for_nothing() -> None:
    kept, back = pending(GONE), pending(change(ChangeKind.OFFICE_REMOVED, "Lakes"), number=2)
    other = change(ChangeKind.OFFICE_REMOVED, "Rivers")
    findings = take_all([GONE, other, NEW], [kept, back])
    assert findings.news == (other, NEW)
    assert (findings.confirmed, findings.withdrawn, findings.unconfirmed) == ((kept,), (back,), [])


def test_a_loss_that_a_check_found_is_confirmed_by_a_check_and_never_by_an_import() -> None:
    found, brought_in = pending(GONE), replace(pending(GONE), origin=Origin.IMPORT)
    for stored, origin, is_confirmed in (
        (found, Origin.IMPORT, False),
        (found, Origin.CHECK, True),
        (brought_in, Origin.IMPORT, True),
        (brought_in, Origin.CHECK, True),
    ):
        findings = sift([GONE], [stored], seen_at=START + TEN, wait=TEN, origin=origin)
        assert (findings.confirmed == (stored,)) == is_confirmed
