"""A URL in, a LeadershipPage out.

`parse` and `parse_capture` are loaded on first use, so that a check which finds nothing new does not pay for the
reader.
"""

from typing import TYPE_CHECKING, Any

from scraper.errors import ScraperError
from scraper.version import PARSER_VERSION

if TYPE_CHECKING:
    from scraper.parsing import parse as parse
    from scraper.parsing import parse_capture as parse_capture

__all__ = ["PARSER_VERSION", "ScraperError", "parse", "parse_capture"]


def __getattr__(name: str) -> Any:
    if name not in {"parse", "parse_capture"}:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from scraper import parsing

    return getattr(parsing, name)
