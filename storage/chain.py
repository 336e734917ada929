"""The chain of captures: each link carries a digest over its capture and over the link before.

A page has a chain of its own, and the head of the chain is kept apart: a capture that was edited or taken out,
the newest too, shows when the chain is walked. What is not here: somebody who rewrites a whole chain and its head
is found out by a digest that was written down elsewhere, such as the one that `leaderwatch verify` prints.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from storage.columns import written
from storage.faults import Fault
from storage.schema import bodies, captures, heads, links

SEALED = ("url", "final_url", "redirects", "status", "headers", "truncated", "source")
"""What a digest covers besides the page, the place, the two times, the body and the digest before."""

HEAD = select(heads).where(heads.c.page_id == bindparam("page"))
ADD_LINK, ADD_HEAD = insert(links), insert(heads)
MOVE_HEAD = update(heads).where(heads.c.page_id == bindparam("page"))
KEPT = (
    select(captures.c.page_id, captures.c.fetched_at, captures.c.kept_at, bodies.c.sha256)
    .add_columns(*(captures.c[name] for name in SEALED))
    .select_from(captures.outerjoin(bodies))
    .where(captures.c.id == bindparam("number"))
)
UNLINKED = select(captures.c.id).outerjoin(links).where(links.c.capture_id.is_(None)).order_by(captures.c.id)


def seal(
    capture: Mapping[str, Any],
    *,
    page_id: int,
    times: tuple[str, str],
    body: str,
    place: int,
    before: str | None,
) -> str:
    """Return the digest of a capture at its place: a sha256 over its own values and the digest before.

    `times` are when it was fetched and kept, as the archive writes them; `body` is the sha256 of its bytes.
    """
    said = [capture[name] for name in SEALED]
    line = json.dumps([page_id, place, before, body, *times, *said], separators=(",", ":"))
    return sha256(line.encode()).hexdigest()


def append(connection: Connection, capture_id: int, capture: Mapping[str, Any], body: str) -> None:
    """Add the link of a capture that was just kept; the page is locked until then."""
    page_id = capture["page_id"]
    head = connection.execute(HEAD, {"page": page_id}).one_or_none()
    place, before = (head.place + 1, head.digest) if head else (1, None)
    times = written(capture["fetched_at"]), written(capture["kept_at"])
    digest = seal(capture, page_id=page_id, times=times, body=body, place=place, before=before)
    link = {"capture_id": capture_id, "place": place, "digest": digest}
    connection.execute(ADD_LINK, {"page_id": page_id, "before": before, **link})
    if head:
        connection.execute(MOVE_HEAD, {"page": page_id, **link})
    else:
        connection.execute(ADD_HEAD, {"page_id": page_id, **link})


def broken_links(connection: Connection) -> Iterator[Fault]:
    """Walk every chain from its first capture to its head; yield what is not as it was kept."""
    ends: dict[int, Row[Any]] = {}
    for link in connection.execute(select(links).order_by(links.c.page_id, links.c.place)).all():
        yield from _follows(link, ends.get(link.page_id))
        yield from _own_fault(connection, link)
        ends[link.page_id] = link
    for number in connection.scalars(UNLINKED):
        yield Fault(
            "capture", number, "stands outside the chain: Leaderwatch did not keep it, or its link is gone"
        )
    tips = {head.page_id: head for head in connection.execute(select(heads).order_by(heads.c.page_id))}
    for page_id in sorted(ends.keys() | tips.keys()):
        yield from _end(page_id, ends.get(page_id), tips.get(page_id))


def _follows(link: Row[Any], before: Row[Any] | None) -> Iterator[Fault]:
    place, digest, name = (
        (before.place, before.digest, f"capture {before.capture_id}") if before else (0, None, "the beginning")
    )
    if link.place != place + 1:
        missing = link.place - place - 1
        yield Fault("capture", link.capture_id, f"has {missing} missing before it in the chain, after {name}")
    elif link.before != digest:
        yield Fault("capture", link.capture_id, f"does not follow {name}: the link of one of them was changed")


def _own_fault(connection: Connection, link: Row[Any]) -> Iterator[Fault]:
    try:
        kept = connection.execute(KEPT, {"number": link.capture_id}).one_or_none()
    except ValueError as error:
        yield Fault("capture", link.capture_id, f"is not as it was kept: its row cannot be read ({error})")
        return
    if kept is None:
        yield Fault("capture", link.capture_id, "is gone: its link is still there")
    elif kept.sha256 is None:
        yield Fault("capture", link.capture_id, "has lost its body: no row of bodies has its number")
    elif _sealed_now(kept, link) != link.digest:
        yield Fault("capture", link.capture_id, "is not as it was kept: its row or its link was changed")


def _sealed_now(kept: Row[Any], link: Row[Any]) -> str:
    times = written(kept.fetched_at), written(kept.kept_at)
    place, before = link.place, link.before
    return seal(kept._asdict(), page_id=kept.page_id, times=times, body=kept.sha256, place=place, before=before)


def _end(page_id: int, last: Row[Any] | None, head: Row[Any] | None) -> Iterator[Fault]:
    if head is None:
        yield Fault("page", page_id, "has lost the head of its chain: captures may be missing at its end")
    elif last is None or last.place < head.place:
        number = head.place - (last.place if last else 0)
        yield Fault("capture", head.capture_id, f"is gone: {number} missing from the end of the chain")
    elif (last.place, last.digest) != (head.place, head.digest):
        yield Fault(
            "page", page_id, f"has a head of its chain that does not fit capture {last.capture_id}, its last"
        )
