"""Answers with an ETag: what did not change costs a 304 (RFC 9110, 13.1.2)."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from fastapi import Request
from starlette.responses import Response

HTML, JSON, SVG = "text/html; charset=utf-8", "application/json", "image/svg+xml"
PROBLEM = "application/problem+json"


def answer(
    request: Request, body: str | bytes, media_type: str, headers: dict[str, str] | None = None
) -> Response:
    """Return the body, or 304 where the browser holds it already."""
    content = body.encode("utf-8", "replace") if isinstance(body, str) else body
    etag = f'"{sha256(content).hexdigest()[:24]}"'
    named = {"etag": etag, **(headers or {})}
    if etag in _held(request.headers.get("if-none-match", "")):
        return Response(None, 304, named)
    return Response(content, 200, {**named, "content-type": media_type})


def answer_json(request: Request, row: Any, headers: dict[str, str] | None = None) -> Response:
    """Return a row as JSON."""
    return answer(request, json.dumps(row, ensure_ascii=False), JSON, headers)


def _held(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}
