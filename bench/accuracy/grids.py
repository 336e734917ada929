# ruff: noqa: E501 - markup stands as served
"""Layouts built of tables and lists, and the table of all layouts with what each of them suits."""

from __future__ import annotations

from collections.abc import Callable

from bench.accuracy.facts import Facts, Post
from bench.accuracy.layouts import (
    Draw,
    accordion,
    bold_lines,
    br_block,
    br_soup,
    cards,
    details,
    each,
    figure_caption,
    full_line_heading,
    has_line,
    labelled_fields,
    name_heading,
    nested_spans,
    plain_line,
    prose,
    section_article,
    strong_line,
    subheading,
    two_lines,
    word_soup,
)
from bench.accuracy.lines import Design, Ink, heading, named, one_line, titled
from bench.accuracy.widgets import contents_first, glued, grouped, linked_line, shown_twice, tabs

OFFICE_LABELS = ("Office", "Division", "Component", "Organization", "Unit", "Ministry", "Bureau")
NAME_LABELS = ("Name", "Official", "Leader", "Head", "Incumbent", "Office holder")
TITLE_LABELS = ("Title", "Position", "Role", "Post", "Job title")
TEXT_LABELS = ("Description", "About", "Responsibilities", "Mission", "What it does")


def table_with_header(facts: Facts, design: Design, ink: Ink) -> str:
    """Draw one table with a header row; the order of its columns depends on the design."""
    seed = design.seed
    columns: list[tuple[str, Callable[[Post], str]]] = [
        (NAME_LABELS[seed % 6], lambda post: named(post, design) if has_line(post) else "")
    ]
    columns.append((TITLE_LABELS[seed % 5], lambda post: titled(post, design)))
    if not facts.by_title:
        columns.insert(0, (OFFICE_LABELS[seed % 7], lambda post: heading(post, design)))
    columns = columns if seed % 3 else [*columns[:-2], columns[-1], columns[-2]]
    described = any(post.sentences for post in facts.posts)
    columns += [(TEXT_LABELS[seed % 5], lambda post: " ".join(post.paragraphs()))] if described else []
    head = "".join(f"<th scope='col'>{label}</th>" for label, _ in columns)
    rows = "".join(
        f"<tr>{''.join(f'<td>{ink(read(post))}</td>' for _, read in columns)}</tr>\n" for post in facts.posts
    )
    return f"<table class='usa-table'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def table_two_columns(facts: Facts, design: Design, ink: Ink) -> str:
    """Draw a table without header: office (or title) left, leader line right, description in a row below."""
    rows = ""
    for post in facts.posts:
        left = post.title if post.by_title else heading(post, design)
        right = named(post, design) if post.by_title else one_line(post, design)
        rows += f"<tr><td><b>{ink(_capacity_left(post, design, left))}</b></td><td>{ink(right if has_line(post) else '')}</td></tr>\n"
        rows += f"<tr><td colspan='2'>{prose(post, ink)}</td></tr>\n" if post.sentences else ""
    return f"<table border='1' cellpadding='4' width='100%'>{rows}</table>"


def _capacity_left(post: Post, design: Design, left: str) -> str:
    return titled(post, design) if post.by_title else left


def tables_of_labels(facts: Facts, design: Design, ink: Ink) -> str:
    """Draw one small table an office, with a label cell in every row."""
    return "\n".join(_label_table(post, design, ink) for post in facts.posts)


def _label_table(post: Post, design: Design, ink: Ink) -> str:
    seed = design.seed
    rows = [] if post.by_title else [(OFFICE_LABELS[seed % 5], heading(post, design))]
    if has_line(post):
        rows += [(NAME_LABELS[seed % 5], named(post, design)), (TITLE_LABELS[seed % 5], titled(post, design))]
    rows += [(TEXT_LABELS[seed % 5], " ".join(post.paragraphs()))] if post.sentences else []
    cells = "".join(
        f"<tr><th>{label}{':' if seed % 2 else ''}</th><td>{ink(value)}</td></tr>" for label, value in rows
    )
    return f"<table class='profile'>{cells}</table>"


def definition_list(facts: Facts, design: Design, ink: Ink) -> str:
    """Draw offices as terms; people known by title alone get their title as the term."""
    parts = []
    for post in facts.posts:
        term = titled(post, design) if post.by_title else heading(post, design)
        line = named(post, design) if post.by_title else one_line(post, design)
        parts.append(f"<dt>{ink(term)}</dt>" + (f"<dd>{ink(line)}</dd>" if has_line(post) else ""))
        parts += [f"<dd>{ink(paragraph)}</dd>" for paragraph in post.paragraphs()]
    return f"<dl>{chr(10).join(parts)}</dl>"


def link_list(facts: Facts, design: Design, ink: Ink) -> str:
    """Draw one link an entry and nothing else; suits pages without descriptions."""
    lines = [one_line(post, design, of_office=not post.by_title) for post in facts.posts]
    return (
        "<ul>"
        + "".join(f"<li><a href='/bio/{place}'>{ink(line)}</a></li>\n" for place, line in enumerate(lines))
        + "</ul>"
    )


def list_two_lines(facts: Facts, design: Design, ink: Ink) -> str:
    """Draw list items of a linked name and, after a line break, title and office."""
    items: list[str] = []
    for post in facts.posts:
        office = [] if post.by_title else [ink(heading(post, design))]
        lines = [
            f"<a href='/bio/{len(items)}'>{ink(named(post, design))}</a>",
            ink(titled(post, design)),
            *office,
        ]
        items.append(f"<li>{'<br/>'.join(lines)}{prose(post, ink)}</li>")
    return f"<ul class='leaders'>{''.join(items)}</ul>"


def heading_missing(facts: Facts, design: Design, ink: Ink) -> str:
    """Draw headings and lines, but leave the heading of one office empty where its text says its name."""
    silent = next((post for post in facts.posts[1:] if has_line(post) and _says_its_name(post)), None)
    blocks = []
    for post in facts.posts:
        block = strong_line(post, design, ink)
        if post is silent:
            empty = ("<h{0}></h{0}>", "<h{0}>&nbsp;</h{0}>", "<h{0}><img src='/trade.png' alt=''></h{0}>", "")[
                design.seed % 4
            ]
            block = empty.format(design.level) + block.split(f"</h{design.level}>", 1)[1]
        blocks.append(block)
    return "\n".join(blocks)


def _says_its_name(post: Post) -> bool:
    """Say whether the description begins with the office's name and abbreviation: "The Office of Trade (OT) ..."."""
    return bool(post.sentences) and post.sentences[0].text().startswith(
        f"The {post.name} ({post.abbreviation})"
    )


BOTH: dict[str, Draw] = {
    "strong line": each(strong_line),
    "br block": each(br_block),
    "br soup": br_soup,
    "bold lines": each(bold_lines),
    "two lines": each(two_lines),
    "name heading": each(name_heading),
    "cards": cards,
    "figure caption": each(figure_caption),
    "nested spans": each(nested_spans),
    "labelled fields": each(labelled_fields),
    "full-line heading": each(full_line_heading),
    "Word soup": each(word_soup),
    "table with header": table_with_header,
    "table, two columns": table_two_columns,
    "tables of labels": tables_of_labels,
    "definition list": definition_list,
    "list of two lines": list_two_lines,
    "shown twice": shown_twice,
    "glued": each(glued),
}
OFFICES_ONLY: dict[str, Draw] = {
    "plain line": each(plain_line),
    "subheading": each(subheading),
    "details": each(details),
    "accordion": each(accordion),
    "section": each(section_article),
    "heading missing": heading_missing,
    "tabs": tabs,
    "grouped": grouped,
    "contents first": contents_first,
    "linked line": each(linked_line),
}
TERSE_ONLY: dict[str, Draw] = {"link list": link_list}
LAYOUTS: dict[str, Draw] = BOTH | OFFICES_ONLY | TERSE_ONLY


def suitable(facts: Facts) -> list[str]:
    """List the layouts on which a careful reader finds exactly these facts."""
    names = [*BOTH, *([] if facts.by_title else OFFICES_ONLY)]
    described = any(post.sentences for post in facts.posts)
    if all(has_line(post) for post in facts.posts):
        names += [] if described else TERSE_ONLY
    else:
        names = [name for name in names if name not in ("cards", "list of two lines", "full-line heading")]
    return names
