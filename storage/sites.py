"""Sites that several processes ask: who does so now, and when the site has rested.

A site without a row has one page and never asked for a rest: it is asked without a word to the archive.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, or_, select, update

from storage.inserting import add_missing
from storage.rows import StoredSite
from storage.schema import sites

LONGEST_REST = timedelta(days=1)
"""What a site is left alone for at most; a moment further ahead is that of a clock that was ahead, and is void."""

THIS = select(sites).where(sites.c.name == bindparam("site"))
TAKE = (
    update(sites)
    .where(
        sites.c.name == bindparam("site"),
        or_(sites.c.free_at <= bindparam("now"), sites.c.free_at > bindparam("latest")),
    )
    .values(free_at=bindparam("until"), held=True)
)


def stored(connection: Connection, name: str) -> StoredSite | None:
    """Return what is known of a site; None where nothing speaks against asking it."""
    row = connection.execute(THIS, {"site": name}).one_or_none()
    return StoredSite(*row) if row is not None else None


def share(connection: Connection, names: Collection[str], now: datetime) -> None:
    """Note that several pages are asked of these sites; those that are known stay as they are."""
    rows = [{"name": name, "free_at": now, "held": False, "refusals": 0} for name in sorted(names)]
    if rows:
        add_missing(connection, sites, rows)


def take(connection: Connection, name: str, now: datetime, until: datetime) -> bool:
    """Hold a site until then; False where it rests or another process holds it."""
    asked = {"site": name, "now": now, "latest": now + LONGEST_REST, "until": until}
    return bool(connection.execute(TAKE, asked).rowcount)


def free(connection: Connection, name: str, free_at: datetime, refusals: int | None) -> None:
    """Let a site be asked from then on; `refusals` stay as they are where they are None."""
    values = {"free_at": free_at, "held": False} | ({} if refusals is None else {"refusals": refusals})
    done = connection.execute(update(sites).where(sites.c.name == name).values(values))
    if not done.rowcount and refusals:
        add_missing(connection, sites, [values | {"name": name}])
