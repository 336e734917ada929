"""A flat table as CSV, JSON Lines or Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from model import LeaderwatchError, json_number
from monitor.exporting.flat import Kind, Row, Table
from monitor.plain_words import plain
from monitor.showing import written

FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet takes a cell for a formula by (OWASP, CSV injection); full width too."""


class MissingExtra(LeaderwatchError):
    """A format needs a library that is not installed; the message names the extra that brings it."""


def write_csv(table: Table, rows: Iterable[Row], out: IO[bytes]) -> None:
    """Write RFC 4180 in UTF-8; no cell can be run by a spreadsheet."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    text.detach()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return str(written(value))
    if isinstance(value, dict):
        return harmless(json.dumps(value, ensure_ascii=False, sort_keys=True))
    if isinstance(value, str):
        return harmless(value)
    return "" if value is None else str(value)


def harmless(text: str) -> str:
    """Return text that no spreadsheet runs.

    >>> harmless("=HYPERLINK(1)"), harmless("Border Patrol")
    ("'=HYPERLINK(1)", 'Border Patrol')
    """
    clean = plain(text)
    return f"'{clean}" if clean.startswith(FORMULA_SIGNS) or text.startswith(FORMULA_SIGNS) else clean


def write_json_lines(table: Table, rows: Iterable[Row], out: IO[bytes]) -> None:
    """Write one JSON object a row, its keys the table's columns."""
    for row in rows:
        line = {name: _json(value) for name, value in zip(table.columns, row, strict=True)}
        out.write(json.dumps(line).encode() + b"\n")


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return json_number(value)
    if isinstance(value, datetime):
        return written(value)
    return value.isoformat() if isinstance(value, date) else value


def write_parquet(table: Table, rows: Iterable[Row], out: IO[bytes]) -> None:
    """Write a Parquet file with typed columns; raises MissingExtra where pyarrow is not installed."""
    try:
        import pyarrow as pa  # here, since only this format needs it
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise MissingExtra("Parquet needs the extra `parquet`: pip install 'leaderwatch[parquet]'") from error
    types = {
        Kind.TEXT: pa.string(),
        Kind.OBJECT: pa.string(),
        Kind.MOMENT: pa.timestamp("us", tz="UTC"),
        Kind.DATE: pa.date32(),
        Kind.NUMBER: pa.float64(),
        Kind.COUNT: pa.int64(),
        Kind.FLAG: pa.bool_(),
    }
    columns = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    arrays = [
        pa.array(list(_arrow(kind, values)), types[kind])
        for kind, values in zip(table.columns.values(), columns, strict=True)
    ]
    whole = io.BytesIO()  # Parquet is written back and forth, which a pipe cannot
    parquet.write_table(pa.table(arrays, names=list(table.columns)), whole)
    out.write(whole.getvalue())


def _arrow(kind: Kind, values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if value is None:
            yield None
        elif kind is Kind.NUMBER:
            yield float(value)
        elif kind is Kind.OBJECT:
            yield json.dumps(value, ensure_ascii=False, sort_keys=True)
        else:
            yield value
