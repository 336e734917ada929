"""What changed about who holds an office.

- A leader who is replaced is one change; a capacity or title that differs with the person belongs to it.
- One person may give several changes: acting ended, title changed, name spelled otherwise.
- From one temporary capacity to another (acting, then interim) is `acting_began`: the post is still not filled.
- An honorific or rank that comes or goes is `name_changed`; capitals, quotes, dashes, full stops are nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from model import Capacity, Change, ChangeKind, Leader, Office
from monitor import sentences
from monitor.identity import same_holder, title_key
from monitor.spelling import same_spelling

Finder = Callable[[Leader], Office | None]


def leader_changes(old: Office, new: Office, *, went_to: Finder, came_from: Finder) -> Iterator[Change]:
    """Yield the changes of one office's leader; the finders name the other office of somebody who moved."""
    if old.leader and new.leader:
        if same_holder(old.leader.name, new.leader.name):
            yield from _same_person(old.leader, new.leader, new)
        else:
            yield _replaced(old.leader, new.leader, new, went_to(old.leader), came_from(new.leader))
    elif new.leader:
        yield _appointed(new.leader, old, new, came_from(new.leader))
    elif old.leader:
        yield _departed(old.leader, new, went_to(old.leader))


def _replaced(old: Leader, new: Leader, office: Office, goal: Office | None, origin: Office | None) -> Change:
    return Change(
        ChangeKind.LEADER_REPLACED,
        office.name,
        None,
        old.to_json(),
        new.to_json(),
        sentences.replaced(old, new, office.name, went_to=goal, came_from=origin),
        went_to=goal.name if goal else None,
        came_from=origin.name if origin else None,
    )


def _appointed(leader: Leader, old: Office, new: Office, origin: Office | None) -> Change:
    sentence = sentences.appointed(leader, new.name, was_vacant=old.vacant, came_from=origin)
    name = origin.name if origin else None
    return Change(ChangeKind.LEADER_APPOINTED, new.name, None, None, leader.to_json(), sentence, came_from=name)


def _departed(leader: Leader, new: Office, goal: Office | None) -> Change:
    sentence = sentences.departed(leader, new.name, is_vacant=new.vacant, went_to=goal)
    name = goal.name if goal else None
    return Change(ChangeKind.LEADER_DEPARTED, new.name, None, leader.to_json(), None, sentence, went_to=name)


def _same_person(old: Leader, new: Leader, office: Office) -> Iterator[Change]:
    tellings = {
        ChangeKind.ACTING_BEGAN: sentences.acting_began if _began(old, new) else None,
        ChangeKind.ACTING_ENDED: sentences.acting_ended if _ended(old, new) else None,
        ChangeKind.TITLE_CHANGED: None if _same_title(old, new, office) else sentences.title_changed,
        ChangeKind.NAME_CHANGED: None if same_spelling(old.name, new.name) else sentences.name_changed,
    }
    for kind, tell in tellings.items():
        if tell:
            sentence = tell(old, new, office.name)
            yield Change(kind, office.name, None, old.to_json(), new.to_json(), sentence)


def _began(old: Leader, new: Leader) -> bool:
    return new.capacity not in {old.capacity, Capacity.PERMANENT}


def _ended(old: Leader, new: Leader) -> bool:
    return new.capacity is Capacity.PERMANENT and old.capacity is not Capacity.PERMANENT


def _same_title(old: Leader, new: Leader, office: Office) -> bool:
    return title_key(old.title, office.name) == title_key(new.title, office.name)
