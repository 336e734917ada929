"""The check from top to bottom: what changed between two readings of a page, and who is told.

`compare` is loaded on first use, so that reading settings does not pay for matching names.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from monitor.comparison import compare as compare

__all__ = ["compare"]


def __getattr__(name: str) -> Any:
    if name != "compare":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from monitor.comparison import compare

    return compare
