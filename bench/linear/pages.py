"""Pages of any size, each of a kind that could make a reader's time grow faster than the page."""

from __future__ import annotations

from collections.abc import Callable

PROSE = "The Office of Inland Waters (OIW) looks after rivers and lakes with more than 1,240 people and $3.2 million. "
CARD = "<div class='card'><h3>Office of Water {0}</h3><p>Director Dana Whitcombe {0}</p><p>It has {0} staff.</p></div>"
LEADER = "<h2>Office of Water</h2><p>Acting Director Dana Whitcombe</p>"
NESTED = ("div", "span", "b", "ul><li", "section", "table><tr><td", "blockquote")
MOST_NESTED = 10_000


def repeated(unit: str, size: int) -> str:
    """Return a unit again and again, numbered where it wants a number, up to about `size` characters."""
    return "".join(unit.replace("{0}", str(place)) for place in range(max(1, size // len(unit))))


def whole(body: str) -> str:
    """Return a page that names one leader above the body."""
    return f"<!doctype html><html><body><main><h1>Offices</h1>{LEADER}{body}</main></body></html>"


def nested(size: int) -> str:
    """Return 10,000 elements, one inside the other, with text at each depth."""
    text = "a" * max(1, size // MOST_NESTED - 12)
    return "".join(
        f"<{NESTED[depth * len(NESTED) // MOST_NESTED]}>{text} "
        for depth in range(min(MOST_NESTED, size // 16))
    )


def table(size: int) -> str:
    """Return one table of rows with header."""
    rows = repeated("<tr><td>Office of Water {0}</td><td>Director</td><td>Dana Whitcombe {0}</td></tr>", size)
    return f"<table><tr><th>Office</th><th>Title</th><th>Name</th></tr>{rows}</table>"


def headers(size: int) -> str:
    """Return one table whose first row is nothing but headers."""
    row = repeated("<th>Grackle {0}</th>", size)
    return f"<table><tr>{row}</tr><tr><td>Dana Whitcombe</td></tr></table>"


KINDS: dict[str, Callable[[int], str]] = {
    "one long text": lambda size: whole(f"<p>{repeated(PROSE, size)}</p>"),
    "one long text of one word": lambda size: whole(f"<p>{'a' * size}</p>"),
    "many paragraphs": lambda size: whole(repeated(f"<p>{PROSE}</p>", size)),
    "many short paragraphs": lambda size: whole(repeated("<p>Dana</p>", size)),
    "many cards": lambda size: whole(repeated(CARD, size)),
    "many names": lambda size: whole(repeated("<p>Dana Whitcombe</p>", size)),
    "many titles": lambda size: whole(repeated("<p>Director</p>", size)),
    "many leader lines": lambda size: whole(repeated("<p>Director Dana Whitcombe</p>", size)),
    "many headings": lambda size: whole(repeated("<h2>Office of Water</h2>", size)),
    "many links": lambda size: whole(repeated("<a href='#a{0}'>Water {0}</a> ", size)),
    "many br": lambda size: whole(f"<p>{repeated('a<br>', size)}</p>"),
    "many bold words": lambda size: whole(f"<p>{repeated('<b>Dana</b>', size)}</p>"),
    "many open spans": lambda size: whole(repeated("<span>Dana ", size)),
    "nested elements": lambda size: whole(nested(size)),
    "one table": lambda size: whole(table(size)),
    "one row of headers": lambda size: whole(headers(size)),
    "one table row": lambda size: whole(f"<table><tr>{repeated('<td>Dana', size)}</table>"),
    "many small tables": lambda size: whole(repeated("<table><tr><th>Name<td>Dana Whitcombe</table>", size)),
    "one line of commas": lambda size: whole(f"<p>{',' * size}</p>"),
    "one line of brackets": lambda size: whole(f"<p>{'(' * size}</p>"),
    "one line of numbers": lambda size: whole(f"<p>{repeated('1,234 ', size)}</p>"),
    "one line of digits": lambda size: whole(f"<p>{'1' * size}</p>"),
    "one line of spaces": lambda size: whole(f"<p>a{' ' * size}b</p>"),
    "comments": lambda size: whole(repeated("<!-- x -->", size)),
    "tags never opened": lambda size: whole(repeated("</p></b></div>", size)),
    "less-than signs": lambda size: whole("<" * size),
    "ampersands": lambda size: whole("&" * size),
    "attributes": lambda size: whole(f"<p {repeated('a{0}=b ', size)}>x</p>"),
    "text encoded twice": lambda size: whole(f"<p>{repeated('EspaÃ±ol ', size)}</p>"),
    "vacancies": lambda size: whole(repeated("<p>Director of Water {0}: Vacant</p>", size)),
    "labelled fields": lambda size: whole(
        repeated("<p>Name: Dana Whitcombe {0}</p><p>Title: Director</p>", size)
    ),
}
"""What each kind is called, and the page of a size in characters."""
