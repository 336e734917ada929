# ruff: noqa: E501 - markup stands as served
"""Layouts built of headings, lines and blocks: one function draws all posts of a page."""

from __future__ import annotations

from collections.abc import Callable

from bench.accuracy.facts import Facts, Post
from bench.accuracy.lines import Design, Ink, heading, named, one_line, titled

Draw = Callable[[Facts, Design, Ink], str]


def each(block: Callable[[Post, Design, Ink], str]) -> Draw:
    """Turn a drawing of one post into a layout of all."""

    def draw(facts: Facts, design: Design, ink: Ink) -> str:
        return "\n".join(block(post, design, ink) for post in facts.posts)

    return draw


def prose(post: Post, ink: Ink) -> str:
    return "".join(f"<p>{ink(paragraph)}</p>\n" for paragraph in post.paragraphs())


def has_line(post: Post) -> bool:
    """Say whether the page has a leader line for the post: a person or a vacancy."""
    return bool(post.holder) or post.vacant


def _line(post: Post, design: Design, ink: Ink, frame: str) -> str:
    return frame.format(ink(one_line(post, design))) + "\n" if has_line(post) else ""


def office_heading(post: Post, design: Design, ink: Ink) -> str:
    """Draw the office's heading; a post known by title alone has none."""
    return "" if post.by_title else f"<h{design.level}>{ink(heading(post, design))}</h{design.level}>\n"


def strong_line(post: Post, design: Design, ink: Ink) -> str:
    frame = "<p><strong>{}</strong></p>" if not post.by_title else f"<h{design.level}>{{}}</h{design.level}>"
    return office_heading(post, design, ink) + _line(post, design, ink, frame) + prose(post, ink)


def plain_line(post: Post, design: Design, ink: Ink) -> str:
    return office_heading(post, design, ink) + _line(post, design, ink, "<p>{}</p>") + prose(post, ink)


def subheading(post: Post, design: Design, ink: Ink) -> str:
    frame = f"<h{design.level + 1}>{{}}</h{design.level + 1}>"
    return office_heading(post, design, ink) + _line(post, design, ink, frame) + prose(post, ink)


def bold_lines(post: Post, design: Design, ink: Ink) -> str:
    office = "" if post.by_title else f"<p><b>{ink(heading(post, design))}</b></p>\n"
    return (
        office
        + _line(post, design, ink, "<p><i>{}</i></p>" if office else "<p><b>{}</b></p>")
        + prose(post, ink)
    )


def br_block(post: Post, design: Design, ink: Ink) -> str:
    """Draw office, title and name in one paragraph with line breaks."""
    lines = [] if post.by_title else [f"<strong>{ink(heading(post, design))}</strong>"]
    if has_line(post):
        pair = [ink(titled(post, design)), ink(named(post, design))]
        lines += pair if design.line.startswith("title") else pair[::-1]
    return f"<p>{'<br>'.join(lines)}</p>\n{prose(post, ink)}"


def br_soup(facts: Facts, design: Design, ink: Ink) -> str:
    """Draw everything as text and line breaks in one element, as editors of the nineties did."""
    blocks = []
    for post in facts.posts:
        lines = [] if post.by_title else [f"<b>{ink(heading(post, design))}</b>"]
        lines += [ink(one_line(post, design))] if has_line(post) else []
        lines += [ink(paragraph) for paragraph in post.paragraphs()]
        blocks.append("<br>\n".join(lines))
    return f"<font face='Arial' size='2'>{'<br><br>'.join(blocks)}</font>"


def two_lines(post: Post, design: Design, ink: Ink) -> str:
    """Draw the pair as two paragraphs, in the page's order."""
    lines = [
        f"<p class='lead-name'><b>{ink(named(post, design))}</b></p>",
        f"<p class='lead-role'>{ink(titled(post, design))}</p>",
    ]
    pair = "\n".join(lines if design.line.startswith("name") else lines[::-1]) + "\n"
    return office_heading(post, design, ink) + (pair if has_line(post) else "") + prose(post, ink)


def name_heading(post: Post, design: Design, ink: Ink) -> str:
    """Draw the person as a heading under the office, the title as a paragraph."""
    level = design.level + (0 if post.by_title else 1)
    pair = f"<h{level}><a href='/people/{abs(hash_of(post.name))}'>{ink(named(post, design))}</a></h{level}>\n<p>{ink(titled(post, design))}</p>\n"
    return office_heading(post, design, ink) + (pair if has_line(post) else "") + prose(post, ink)


def hash_of(text: str) -> int:
    """Return a small number that depends on the text alone."""
    return sum(ord(letter) * place for place, letter in enumerate(text, 1)) % 99991


def card(post: Post, design: Design, ink: Ink) -> str:
    """Draw a card with portrait, as design systems do."""
    name, title = (ink(named(post, design)), ink(titled(post, design))) if has_line(post) else ("", "")
    office = (
        ""
        if post.by_title
        else f"<h{design.level} class='card-title'>{ink(heading(post, design))}</h{design.level}>"
    )
    who = f"<div class='card-name'>{name}</div><div class='card-role'>{title}</div>" if name else ""
    image = f"<img src='/img/{hash_of(post.name)}.jpg' alt='{'Portrait' if hash_of(post.name) % 2 else ''}'>"
    return f"<li class='card'><div class='card__media'>{image}</div><div class='card__body'>{office}{who}{prose(post, ink)}</div></li>"


def cards(facts: Facts, design: Design, ink: Ink) -> str:
    return f"<ul class='card-group'>{''.join(card(post, design, ink) for post in facts.posts)}</ul>"


def figure_caption(post: Post, design: Design, ink: Ink) -> str:
    caption = f"<figcaption>{ink(one_line(post, design))}</figcaption>" if has_line(post) else ""
    image = f"<img src='/files/{hash_of(post.name)}.png' alt='Official photograph' width='200'>"
    return f"{office_heading(post, design, ink)}<figure>{image}{caption}</figure>\n{prose(post, ink)}"


def nested_spans(post: Post, design: Design, ink: Ink) -> str:
    """Draw name and title in nested spans with classes, the words split between elements."""
    name, title = named(post, design), titled(post, design)
    head, _, tail = name.rpartition(" ")
    spans = (
        f"<span class='person__given'>{ink(head)}</span> <span class='person__family'>{ink(tail)}</span>"
        if head
        else ink(tail)
    )
    parts = [
        f"<span class='person__name'>{spans}</span>",
        f"<span class='person__role'><em>{ink(title)}</em></span>",
    ]
    ordered = parts if design.line.startswith("name") else parts[::-1]
    body = (
        f"<div class='person'><div>{ordered[0]}</div><div>{ordered[1]}</div></div>\n" if has_line(post) else ""
    )
    return office_heading(post, design, ink) + body + prose(post, ink)


def labelled_fields(post: Post, design: Design, ink: Ink) -> str:
    """Draw 'Name:', 'Title:' and 'Office:' fields."""
    fields = (
        [("Name", named(post, design)), (("Title", "Position")[design.seed % 2], titled(post, design))]
        if has_line(post)
        else []
    )
    fields = (
        fields
        if post.by_title
        else [(("Office", "Organization")[design.seed % 2], heading(post, design)), *fields]
    )
    lines = "<br>\n".join(f"<strong>{label}:</strong> {ink(value)}" for label, value in fields)
    return f"<div class='entry'><p>{lines}</p>\n{prose(post, ink)}</div>"


def full_line_heading(post: Post, design: Design, ink: Ink) -> str:
    """Draw 'Title Name, Office' or 'Name, Title, Office' as the only heading."""
    if not has_line(post):
        return office_heading(post, design, ink) + prose(post, ink)
    text = one_line(post, design, of_office=not post.by_title)
    return f"<h{design.level}>{ink(text)}</h{design.level}>\n{prose(post, ink)}"


def details(post: Post, design: Design, ink: Ink) -> str:
    summary = heading(post, design) if not post.by_title else post.title
    return f"<details><summary>{ink(summary)}</summary><div>{_line(post, design, ink, '<p>{}</p>')}{prose(post, ink)}</div></details>"


def accordion(post: Post, design: Design, ink: Ink) -> str:
    """Draw a USWDS accordion item: the office on the button, everything else in its panel."""
    key = hash_of(post.name)
    button = f"<button type='button' class='usa-accordion__button' aria-expanded='false' aria-controls='a{key}'>{ink(heading(post, design))}</button>"
    panel = f"<div id='a{key}' class='usa-accordion__content'>{_line(post, design, ink, '<p><strong>{}</strong></p>')}{prose(post, ink)}</div>"
    return f"<h{design.level} class='usa-accordion__heading'>{button}</h{design.level}>{panel}"


def section_article(post: Post, design: Design, ink: Ink) -> str:
    line = _line(post, design, ink, "<p class='subtitle'>{}</p>")
    return f"<section><article><header>{office_heading(post, design, ink)}{line}</header>{prose(post, ink)}</article></section>"


def word_soup(post: Post, design: Design, ink: Ink) -> str:
    """Draw what Word pastes: MsoNormal paragraphs, style spans, empty paragraphs, an empty heading."""
    style = "font-size:12.0pt;line-height:107%;font-family:&quot;Times New Roman&quot;,serif"

    def paragraph(text: str, *, bold: bool = False) -> str:
        inner = f"<b style='mso-bidi-font-weight:normal'>{text}</b>" if bold else text
        return f'<p class="MsoNormal" style="margin-bottom:8pt"><span style="{style}">{inner}<o:p></o:p></span></p>\n'

    parts = [] if post.by_title else [paragraph(ink(heading(post, design)), bold=True)]
    parts += [paragraph(ink(one_line(post, design)), bold=post.by_title)] if has_line(post) else []
    parts += [paragraph(ink(text)) for text in post.paragraphs()]
    return "".join([*parts, '<p class="MsoNormal">&nbsp;</p>', f"<h{design.level}></h{design.level}>\n"])
