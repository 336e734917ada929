# ruff: noqa: E501 - markup stands as served
"""Layouts that hide, repeat or group: tabs, a copy for small screens, headings of groups, names glued to titles."""

from __future__ import annotations

from dataclasses import replace

from bench.accuracy.facts import Facts, Post
from bench.accuracy.layouts import has_line, hash_of, plain_line, prose, strong_line, two_lines
from bench.accuracy.lines import Design, Ink, heading, named, one_line, titled

GROUPS = (
    "Operational components",
    "Support components",
    "Headquarters",
    "In the regions",
    "Reporting to the Deputy",
)


def tabs(facts: Facts, design: Design, ink: Ink) -> str:
    """Draw the offices as tab buttons first, their panels after; only the panels carry leaders."""
    keys = [f"tab{hash_of(post.name)}" for post in facts.posts]
    buttons = "".join(
        f"<button role='tab' id='{key}-b' aria-controls='{key}'>{ink(heading(post, design))}</button>"
        for key, post in zip(keys, facts.posts, strict=True)
    )
    panels = "".join(
        f"<div role='tabpanel' id='{key}' aria-labelledby='{key}-b'>{plain_line(post, design, ink)}</div>"
        for key, post in zip(keys, facts.posts, strict=True)
    )
    return f"<div role='tablist'>{buttons}</div>{panels}"


def shown_twice(facts: Facts, design: Design, ink: Ink) -> str:
    """Draw everything twice, for wide and for small screens."""
    wide = "\n".join(strong_line(post, design, ink) for post in facts.posts)
    small = "\n".join(two_lines(post, design, ink) for post in facts.posts)
    return f"<div class='d-none d-md-block'>{wide}</div><div class='d-md-none'>{small}</div>"


def grouped(facts: Facts, design: Design, ink: Ink) -> str:
    """Draw the offices in two groups; the headings of groups name no office."""
    half, first = len(facts.posts) // 2, design.seed % (len(GROUPS) - 1)
    below = replace(design, level=design.level + 1)
    parts = []
    for title, posts in zip(GROUPS[first : first + 2], (facts.posts[:half], facts.posts[half:]), strict=True):
        parts.append(f"<h{design.level}>{title}</h{design.level}>")
        parts += [strong_line(post, below, ink) for post in posts]
    return "\n".join(parts)


def glued(post: Post, design: Design, ink: Ink) -> str:
    """Draw a linked name with the title right behind it: only the elements part them."""
    office = "" if post.by_title else f"<h{design.level}>{ink(heading(post, design))}</h{design.level}>"
    pair = f"<div class='leader-item'><a href='/bio?ID={hash_of(post.name)}'>{ink(named(post, design))}</a>{ink(titled(post, design))}</div>"
    return office + (pair if has_line(post) else "") + prose(post, ink)


def contents_first(facts: Facts, design: Design, ink: Ink) -> str:
    """Draw a table of contents of all offices above them."""
    links = "".join(f"<li><a href='#o{hash_of(post.name)}'>{ink(post.name)}</a></li>" for post in facts.posts)
    blocks = "\n".join(
        f"<a name='o{hash_of(post.name)}'></a>{strong_line(post, design, ink)}<p><a href='#top'>Back to top</a></p>"
        for post in facts.posts
    )
    return f"<p>On this page:</p><ul class='toc'>{links}</ul>{blocks}"


def linked_line(post: Post, design: Design, ink: Ink) -> str:
    """Draw the leader line with the name as a link to a biography and a "Read more" behind the description."""
    head = f"<h{design.level}><a href='/offices/{hash_of(post.name)}'>{ink(heading(post, design))}</a></h{design.level}>"
    line = one_line(post, design)
    name = named(post, design)
    before, found, after = line.partition(name) if post.holder else (line, "", "")
    linked = f"{ink(before)}<a href='/bio/{hash_of(name)}'>{ink(found)}</a>{ink(after)}" if found else ink(line)
    return f"{head}{f'<p><em>{linked}</em></p>' if has_line(post) else ''}{prose(post, ink)}<p><a href='/more'>Read more</a></p>"
