"""Small pages written by hand, each in another layout, that all state the same three posts.

The people and the agency are invented. Each layout is a template of one post; `{office}`, `{title}`, `{name}` and
`{text}` stand where the page has them, so that what varies is the markup alone.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Post:
    """What one post says on every page."""

    office: str
    title: str
    name: str
    text: str


POSTS = (
    Post(
        "Office of Inland Waters",
        "Acting Director",
        "Odalys Brandvold",
        "The Office of Inland Waters (OIW) looks after rivers and lakes. It employs 1,240 people at 14 field stations.",
    ),
    Post(
        "Office of Coastal Survey",
        "Director",
        "Tobias M. Ferncastle",
        "The Office of Coastal Survey has an operating budget of $32 million for maps of the shore.",
    ),
    Post(
        "Bureau of Tide Tables",
        "Chief",
        "Marisol Quennell",
        "The Bureau of Tide Tables provides the hours of high water for more than 300 harbors.",
    ),
)
ROWS = [
    ("Office of Inland Waters", "Odalys Brandvold", "Director", "acting"),
    ("Office of Coastal Survey", "Tobias M. Ferncastle", "Director", "permanent"),
    ("Bureau of Tide Tables", "Marisol Quennell", "Chief", "permanent"),
]
FIGURES = [["people 1240", "field stations 14"], ["operating budget 32000000"], ["harbors 300"]]


def page(body: str, *, before: str = "") -> str:
    """Return a whole page with a main part; `before` stands above it."""
    return (
        "<!doctype html><html><head><title>Executive Offices | Inland Agency</title></head>"
        f"<body>{before}<main><h1>Executive Offices</h1>{body}</main></body></html>"
    )


def posts(template: str, around: str = "{}", *, before: str = "") -> str:
    """Return a page that writes each post by the template, all of them inside `around`."""
    written = [
        template.format(
            office=post.office,
            title=post.title,
            name=post.name,
            first=post.name.split()[0],
            rest=post.name.partition(" ")[2],
            text=post.text,
            id=post.name.split()[0].lower(),
        )
        for post in POSTS
    ]
    return page(around.format("\n".join(written)), before=before)


LINKS = "".join(f"<li><a href='#{post.name.split()[0].lower()}'>{post.office}</a></li>" for post in POSTS)
UNDER_HEADINGS = "<h2>{office}</h2><p>{title} {name}</p><p>{text}</p>"
TABLE = "<table><tbody>{}</tbody></table>"

LAYOUTS = {
    "headings": posts(UNDER_HEADINGS),
    "headings for the leaders too": posts("<h2>{office}</h2><h3>{title} {name}</h3><p>{text}</p>"),
    "one heading for office and leader": posts("<h2>{office}: {title} {name}</h2><p>{text}</p>"),
    "headings below the leaders": posts(
        "<section><p>{title} {name}</p><h2>{office}</h2><p>{text}</p></section>"
    ),
    "headings made of roles": posts(
        "<div role='heading' aria-level='2'>{office}</div><div>{title} {name}</div><div>{text}</div>"
    ),
    "bold lines": posts("<p><strong>{office}</strong></p><p>{title} {name}</p><p>{text}</p>"),
    "lines bold by their style": posts(
        "<p><span style='font-weight: 700'>{office}</span></p><p>{title} {name}</p><p>{text}</p>"
    ),
    "a bold line that opens the paragraph": posts("<p><b>{office}</b><br>{title} {name}<br>{text}</p>"),
    "cards": posts(
        "<div class='card'><img src='/p.jpg' alt='Portrait of {name}'><div class='card-body'><h3>{name}</h3>"
        "<p class='role'>{title}</p><p class='office'>{office}</p><p>{text}</p>"
        "<a href='/bio'>Read more</a></div></div>",
        "<div class='row'>{}</div>",
    ),
    "cards of list items": posts(
        "<li class='tile'><h3>{office}</h3><span>{title}</span><span>{name}</span><div>{text}</div></li>",
        "<ul>{}</ul>",
    ),
    "cards of bare boxes": posts(
        "<div><div>{office}</div><div>{title}</div><div>{name}</div><div>{text}</div></div>"
    ),
    "a table with header": posts(
        "<tr><td>{office}</td><td>{title}</td><td>{name}</td><td>{text}</td></tr>",
        "<table><thead><tr><th>Office</th><th>Title</th><th>Name</th><th>Mission</th></tr></thead>{}</table>",
    ),
    "a table whose header is a plain row": posts(
        "<tr><td>{name}</td><td>{title}</td><td>{office}</td><td>{text}</td></tr>",
        "<table><tr><td>Name</td><td>Position</td><td>Department</td><td>About</td></tr>{}</table>",
    ),
    "a table without header": posts("<tr><td>{office}</td><td>{title} {name}</td><td>{text}</td></tr>", TABLE),
    "a table whose rows have heads": posts(
        "<tr><th scope='row'>{office}</th><td>{title}</td><td>{name}</td><td>{text}</td></tr>", TABLE
    ),
    "tables with label cells": posts(
        "<table><tr><th>Office</th><td>{office}</td></tr><tr><th>Title</th><td>{title}</td></tr>"
        "<tr><th>Name</th><td>{name}</td></tr><tr><th>Mission</th><td>{text}</td></tr></table>"
    ),
    "a definition list": posts("<dt>{office}</dt><dd>{title} {name}</dd><dd>{text}</dd>", "<dl>{}</dl>"),
    "definition lists of labels": posts(
        "<h2>{office}</h2><dl><dt>Name</dt><dd>{name}</dd><dt>Title</dt><dd>{title}</dd></dl><p>{text}</p>"
    ),
    "an accordion of buttons": posts(
        "<h3><button aria-expanded='false' aria-controls='{id}'>{office}</button></h3>"
        "<div id='{id}' hidden><p>{title} {name}</p><p>{text}</p></div>",
        "<div class='accordion'>{}</div>",
    ),
    "an accordion of details": posts(
        "<details><summary>{office}</summary><p>{title} {name}</p><p>{text}</p></details>"
    ),
    "tabs": posts(
        "<div role='tabpanel' id='{id}' hidden><h2>{office}</h2><p>{title} {name}</p><p>{text}</p></div>",
        f"<div><ul role='tablist'>{LINKS}</ul>{{}}</div>",
    ),
    "br blocks": posts("{office}<br>{title} {name}<br>{text}<br><br>", "<p>{}</p>"),
    "name, then title": posts("<h2>{office}</h2><p>{name}</p><p>{title}</p><p>{text}</p>"),
    "title, then name": posts("<h2>{office}</h2><p>{title}</p><p>{name}</p><p>{text}</p>"),
    "labelled fields": posts("<h2>{office}</h2><p>Name: {name}</p><p>Title: {title}</p><p>{text}</p>"),
    "labelled fields with bold labels": posts(
        "<div><p><b>Office:</b> {office}</p><p><b>Name:</b> {name}</p><p><b>Position:</b> {title}</p>"
        "<p><b>Mission:</b> {text}</p></div>"
    ),
    "labelled fields in one paragraph": posts(
        "<p>Office: {office}<br>Head: {name}<br>Title: {title}</p><p>{text}</p>"
    ),
    "image captions": posts(
        "<h2>{office}</h2><figure><img src='/p.jpg' alt=''><figcaption>{name}, {title}</figcaption></figure>"
        "<p>{text}</p>"
    ),
    "image captions of two lines": posts(
        "<h2>{office}</h2><figure><img src='/p.jpg' alt=''><figcaption><b>{name}</b><br>{title}</figcaption></figure>"
        "<p>{text}</p>"
    ),
    "nested spans": posts(
        "<h2><span><span style='color: #003'>{office}</span></span></h2><p><span><span>{title}</span></span><span> <b>"
        "<span>{first}</span></b></span> <span>{rest}</span></p><p><span>{text}</span></p>"
    ),
    "spans that touch": posts("<h2>{office}</h2><p><span>{title}</span><span>{name}</span></p><p>{text}</p>"),
    "comments": posts(
        "<!-- {title} Gustav Ghost --><h2>{office}<!-- x --></h2><p>{title}<!-- Acting --> {first}<!-- y --> {rest}</p>"
        "<p>{text}</p><!-- <h2>Office of Ghosts</h2><p>Director Gustav Ghost</p> -->"
    ),
    "leftovers of editors": posts(
        "<h2>{office}</h2><p hidden>Director Gustav Ghost</p><p style='display: none'>Director Gustav Ghost</p>"
        "<p>&nbsp;</p><p></p><p><b></b></p><p class=MsoNormal>{title} {name}<o:p></o:p></p><p><br></p><p>{text}</p>"
    ),
    "duplicated menus above": posts(
        UNDER_HEADINGS, before=f"<nav><ul>{LINKS}</ul></nav><div class='mobile-menu'><ul>{LINKS}</ul></div>"
    ),
    "duplicated menus inside": posts(UNDER_HEADINGS, f"<ul>{LINKS}</ul>{{}}<ul>{LINKS}</ul>"),
    "leaders in the prose alone": posts("<h2>{office}</h2><p>{text} The office is led by {title} {name}.</p>"),
}
"""What the layouts are called in "Leaders are read from ..."."""

WITHOUT_TEXT = {
    "a list of links": posts("<li><a href='/{id}'>{title} {name}, {office}</a></li>", "<ul>{}</ul>"),
    "links on the names": posts("<li><a href='/{id}'>{name}</a>, {title}, {office}</li>", "<ul>{}</ul>"),
    "links on the offices": posts("<li><a href='/{id}'>{office}</a> – {name}, {title}</li>", "<ul>{}</ul>"),
    "br blocks of name, title and office": posts("<p>{name}<br>{title}<br>{office}</p>"),
    "a name, then title and office": posts("<p>{name}</p><p>{title}, {office}</p>"),
    "title and office, then a name": posts("<p>{title}, {office}</p><p>{name}</p>"),
    "lines of name, title and office": posts("<p>{name}, {title}, {office}</p>"),
}

UNDER_HEADINGS_PAGE = LAYOUTS["headings"]
SPELLINGS = {
    "non-breaking spaces": UNDER_HEADINGS_PAGE.replace(" Brandvold", "&nbsp;Brandvold")
    .replace("Office of Coastal", "Office&nbsp;of\u00a0Coastal")
    .replace("Chief ", "Chief&#160;")
    .replace("<p>", "<p>&nbsp;"),
    "zero-width spaces": UNDER_HEADINGS_PAGE.replace("Director", "Dir\u200bector")
    .replace("<h2>", "<h2>\ufeff")
    .replace("Ferncastle", "Fern\u00adcastle\u200b"),
    "entities": UNDER_HEADINGS_PAGE.replace("Odalys", "&#79;dalys")
    .replace("Quennell", "Quenn&#x65;ll")
    .replace("$", "&dollar;"),
    "capital tags without quotes": UNDER_HEADINGS_PAGE.replace("<h2>", "<H2 CLASS=x>").replace(
        "</h2>", "</H2>"
    ),
    "tags never closed": UNDER_HEADINGS_PAGE.replace("</p>", ""),
    "Windows line ends": UNDER_HEADINGS_PAGE.replace("><", ">\r\n<"),
    "old Macintosh line ends": UNDER_HEADINGS_PAGE.replace("><", ">\r<"),
    "lines broken inside the words": UNDER_HEADINGS_PAGE.replace(" Brandvold", "\n      Brandvold"),
}
