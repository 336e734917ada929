"""A LeadershipPage to the rows of a snapshot and back, quotes and all."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, insert, select

from model import Figure, Leader, LeadershipPage, Office, Quote
from storage.bodies import keep_body, read_body
from storage.columns import require_plain
from storage.inserting import add, add_missing
from storage.schema import figures, leaders, offices, snapshots, texts

Values = dict[str, Any]
Place = tuple[int, int | None]
"""The numbers of a snapshot and of an office on it; None: outside every office."""


def save_page(connection: Connection, page: LeadershipPage, *, like: int | None, **snapshot: Any) -> int:
    """Add a snapshot with these columns and the page's rows; `like` is the body of a similar text."""
    row = snapshot | {
        "url": page.url,
        "title": page.title,
        "last_modified": page.last_modified,
        "coverage": page.coverage,
        "text_id": keep_body(connection, require_plain(page.text).encode(), like=like),
    }
    snapshot_id = add(connection, snapshots, row)
    office_ids = _save_offices(connection, page.offices, snapshot_id)
    _save_leaders(connection, page.offices, office_ids)
    _save_figures(connection, page, office_ids, snapshot_id)
    return snapshot_id


def _save_offices(connection: Connection, rows: tuple[Office, ...], snapshot_id: int) -> list[int]:
    if not rows:
        return []
    text_ids = _save_texts(connection, {require_plain(office.text) for office in rows})
    connection.execute(
        insert(offices),
        [
            _office(office)
            | {"snapshot_id": snapshot_id, "position": position, "text_id": text_ids[office.text]}
            for position, office in enumerate(rows)
        ],
    )
    wanted = select(offices.c.id).where(offices.c.snapshot_id == snapshot_id).order_by(offices.c.position)
    return list(connection.scalars(wanted))


def _save_texts(connection: Connection, words: set[str]) -> dict[str, int]:
    by_digest = {sha256(text.encode()).hexdigest(): text for text in sorted(words)}
    known = select(texts.c.sha256, texts.c.id).where(texts.c.sha256.in_(by_digest))
    found = {by_digest[digest]: number for digest, number in connection.execute(known)}
    if len(found) < len(by_digest):
        missing = [{"sha256": digest, "text": text} for digest, text in by_digest.items() if text not in found]
        add_missing(connection, texts, missing)
        found = {by_digest[digest]: number for digest, number in connection.execute(known)}
    return found


def _save_leaders(connection: Connection, rows: tuple[Office, ...], office_ids: list[int]) -> None:
    held = [
        _leader(office.leader) | {"office_id": number}
        for office, number in zip(rows, office_ids, strict=True)
        if office.leader
    ]
    if held:
        connection.execute(insert(leaders), held)


def _save_figures(
    connection: Connection, page: LeadershipPage, office_ids: list[int], snapshot_id: int
) -> None:
    outside = ((None, figure) for figure in page.figures)
    inside = (
        (number, figure)
        for office, number in zip(page.offices, office_ids, strict=True)
        for figure in office.figures
    )
    stated = [
        _figure(figure) | {"snapshot_id": snapshot_id, "office_id": number, "position": position}
        for position, (number, figure) in enumerate(chain(outside, inside))
    ]
    if stated:
        connection.execute(insert(figures), stated)


def _office(office: Office) -> Values:
    plain = ("name", "abbreviation", "vacant", "note", "title", "found_by")
    return {name: getattr(office, name) for name in plain} | _quote(office.quote)


def _leader(leader: Leader) -> Values:
    return {"name": leader.name, "title": leader.title, "capacity": leader.capacity} | _quote(leader.quote)


def _figure(figure: Figure) -> Values:
    plain = ("measure", "value", "unit", "bound", "text")
    return {name: getattr(figure, name) for name in plain} | _quote(figure.quote)


def _quote(quote: Quote | None) -> Values:
    if quote is None:
        return {"quote": None, "quote_start": None, "quote_end": None}
    return {"quote": quote.text, "quote_start": quote.start, "quote_end": quote.end}


def load_page(connection: Connection, snapshot: Row[Any]) -> LeadershipPage:
    """Return the page of a row of `snapshots`, equal to the one that was saved."""
    [page] = load_pages(connection, snapshots.c.id == snapshot.id).values()
    return replace(page, text=read_body(connection, snapshot.text_id).decode())


def load_pages(connection: Connection, *where: ColumnElement[bool]) -> dict[int, LeadershipPage]:
    """Return the pages of the snapshots for which this holds, by the snapshots' numbers, without their texts."""
    wanted = select(snapshots.c.id).where(*where)
    stated = _load_figures(connection, wanted)
    held = _load_offices(connection, wanted, stated)
    return {
        row.id: LeadershipPage(
            row.url,
            row.title,
            row.last_modified,
            tuple(stated.get((row.id, None), ())),
            tuple(held.get(row.id, ())),
            coverage=row.coverage,
        )
        for row in connection.execute(select(snapshots).where(*where).order_by(snapshots.c.id))
    }


def _load_figures(connection: Connection, wanted: Select[tuple[int]]) -> dict[Place, list[Figure]]:
    found = select(figures).where(figures.c.snapshot_id.in_(wanted)).order_by(figures.c.position)
    stated: dict[Place, list[Figure]] = {}
    for row in connection.execute(found):
        figure = Figure(row.measure, row.value, row.unit, row.bound, row.text, _read_quote(row))
        stated.setdefault((row.snapshot_id, row.office_id), []).append(figure)
    return stated


def _load_offices(
    connection: Connection, wanted: Select[tuple[int]], stated: dict[Place, list[Figure]]
) -> dict[int, list[Office]]:
    leading = _load_leaders(connection, wanted)
    found = select(offices, texts.c.text).join(texts).where(offices.c.snapshot_id.in_(wanted))
    held: dict[int, list[Office]] = {}
    for row in connection.execute(found.order_by(offices.c.position)):
        office = Office(
            row.name,
            row.abbreviation,
            row.vacant,
            row.note,
            leading.get(row.id),
            tuple(stated.get((row.snapshot_id, row.id), ())),
            row.text,
            row.title,
            row.found_by,
            _read_quote(row),
        )
        held.setdefault(row.snapshot_id, []).append(office)
    return held


def _load_leaders(connection: Connection, wanted: Select[tuple[int]]) -> dict[int, Leader]:
    found = select(leaders).join(offices).where(offices.c.snapshot_id.in_(wanted))
    return {
        row.office_id: Leader(row.name, row.title, row.capacity, _read_quote(row))
        for row in connection.execute(found)
    }


def _read_quote(row: Row[Any]) -> Quote | None:
    return None if row.quote is None else Quote(row.quote, row.quote_start, row.quote_end)
