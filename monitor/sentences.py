"""One readable sentence for each change, fit for a headline or the subject of a mail."""

from __future__ import annotations

from model import Capacity, Figure, Leader, Office
from monitor.amounts import amount, difference, quantity
from monitor.matching import title_of
from monitor.spelling import name_key, words

_MANNERS = {
    Capacity.PERMANENT: "",
    Capacity.ACTING: ", in an acting capacity",
    Capacity.INTERIM: ", in an interim capacity",
    Capacity.PERFORMING_DUTIES: ", performing the duties of the office",
}
_SERVING = {
    Capacity.PERMANENT: "",
    Capacity.ACTING: "acting as ",
    Capacity.INTERIM: "serving in the interim as ",
    Capacity.PERFORMING_DUTIES: "performing the duties of ",
}


def post(title: str, office: str) -> str:
    """Return the title with the office, and the office once.

    >>> post("Secretary of Defense", "Secretary of Defense"), post("Chief", "United States Border Patrol")
    ('Secretary of Defense', 'Chief, United States Border Patrol')
    """
    if not title:
        return f"head of {office}"
    return title if _says(title, office) else f"{title}, {office}"


def ended(words: str) -> str:
    """Return the words with one full stop at their end ("Jr." has its own)."""
    return words if words.endswith(".") else f"{words}."


def post_of(office: Office) -> str:
    """Return the post that an office is, under the title of whoever holds it."""
    return post(title_of(office), office.name)


def _says(title: str, office: str) -> bool:
    if set(name_key(office)) <= set(name_key(title)):
        return True
    long, short = f" {' '.join(words(title))} ", f" {' '.join(words(office))} "
    return short in long


def replaced(old: Leader, new: Leader, office: str, went_to: Office | None, came_from: Office | None) -> str:
    moves = [_origin(new, came_from)] if came_from else []
    moves += [_goal(old, went_to)] if went_to else []
    retitled = "" if _same_title(old, new, office) else f" ({old.name} was {old.title})"
    sentence = f"{new.name} replaced {old.name} as {post(new.title, office)}{retitled}{_MANNERS[new.capacity]}"
    return ended("; ".join([sentence, *moves]))


def _origin(leader: Leader, office: Office) -> str:
    return f"{leader.name} was {_served(office)} before"


def _goal(leader: Leader, office: Office) -> str:
    return f"{leader.name} is now {_served(office)}"


def _served(office: Office) -> str:
    """Return the post that a person is said to hold, with the capacity in which they do."""
    return f"{_SERVING[office.leader.capacity] if office.leader else ''}{post_of(office)}"


def _same_title(old: Leader, new: Leader, office: str) -> bool:
    return not old.title or post(old.title, office) == post(new.title, office)


def appointed(new: Leader, office: str, *, was_vacant: bool, came_from: Office | None) -> str:
    moved = f"; {_origin(new, came_from)}" if came_from else ""
    ground = "the post was vacant" if was_vacant else "no leader was named before"
    return f"{new.name} is now {post(new.title, office)}{_MANNERS[new.capacity]}; {ground}{moved}."


def departed(old: Leader, office: str, *, is_vacant: bool, went_to: Office | None) -> str:
    moved = f"; {_goal(old, went_to)}" if went_to else ""
    left = "the post is vacant" if is_vacant else "no leader is named"
    return f"{old.name} is no longer named as {post(old.title, office)}; {left}{moved}."


def acting_began(old: Leader, new: Leader, office: str) -> str:
    before = "" if old.capacity is Capacity.PERMANENT else f", no longer {_SERVING[old.capacity].split()[0]}"
    return f"{new.name} is now {_SERVING[new.capacity]}{post(new.title, office)}{before}."


def acting_ended(old: Leader, new: Leader, office: str) -> str:
    return f"{new.name} is no longer {_SERVING[old.capacity]}{post(old.title, office)}."


def title_changed(old: Leader, new: Leader, office: str) -> str:
    place = "" if _says(new.title, office) or not office else f" at {office}"
    return f"{new.name}'s title{place} changed from {old.title or 'none'} to {new.title or 'none'}."


def name_changed(old: Leader, new: Leader, office: str) -> str:
    return f"{old.name}, {post(new.title, office)}, is now named as {ended(new.name)}"


def office_added(office: Office, *, one_of_several: bool, came_from: Office | None) -> str:
    holder = _holder(office, one_of_several)
    moved = f"; {_origin(office.leader, came_from)}" if office.leader and came_from else ""
    return f"{_subject(office, one_of_several)} was added{', ' if holder else ''}{holder}{moved}."


def office_removed(office: Office, *, one_of_several: bool, went_to: Office | None) -> str:
    holder = _holder(office, one_of_several)
    moved = f"; {_goal(office.leader, went_to)}" if office.leader and went_to else ""
    return f"{_subject(office, one_of_several)} was removed{'; it was ' if holder else ''}{holder}{moved}."


def _subject(office: Office, one_of_several: bool) -> str:
    return post_of(office) if one_of_several and title_of(office) else office.name


def _holder(office: Office, one_of_several: bool) -> str:
    """Say who holds the office, with the title where the office's own name does not give it."""
    leader = office.leader
    if not leader:
        return "vacant" if office.vacant else ""
    if one_of_several or not leader.title or _says(leader.title, office.name):
        return f"held by {leader.name}{_MANNERS[leader.capacity]}"
    return f"led by {leader.name} as {leader.title}{_MANNERS[leader.capacity]}"


def office_renamed(old: Office, new: Office) -> str:
    return f"{old.name} is now called {ended(new.name)}"


def figure_changed(old: Figure, new: Figure, office: str | None) -> str:
    delta, percent = difference(old, new)
    verb = "rose" if delta > 0 else "fell"
    share = f" ({percent:+}%)" if percent is not None and new.unit != "percent" else ""
    share = f" ({_points(old, new)})" if new.unit == "percent" else share
    return _about(office, f"{new.measure or 'figure'} {verb} from {amount(old)} to {amount(new)}{share}.")


def _points(old: Figure, new: Figure) -> str:
    points = (new.value - old.value).normalize()
    return f"{points:+f} point{'' if abs(points) == 1 else 's'}"


def bound_changed(old: Figure, new: Figure, office: str | None) -> str:
    return _about(office, f"{new.measure or 'figure'} now stated as {amount(new)}, not {amount(old)}.")


def figure_added(new: Figure, office: str | None) -> str:
    return f"{office or 'The page'} now states {quantity(new)}."


def figure_removed(old: Figure, office: str | None) -> str:
    return f"{office or 'The page'} no longer states {quantity(old)}."


def _about(office: str | None, statement: str) -> str:
    return f"{office}: {statement}" if office else statement[:1].upper() + statement[1:]


def text_changed(office: str) -> str:
    return f"The description of {office} changed."
