"""What a reader sees of a page: lines, headings, chrome, hidden parts, and where each line stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures import HERE, path
from scraper.document import Document, all_lines, read_document
from scraper.lines import squeeze
from tests.handwritten_pages import LAYOUTS


def lines(html: str) -> list[str]:
    return [line.text for line in read_document(html).lines]


VISIBLE = {
    "paragraphs": ("<p>a</p><p>b</p>", ["a", "b"]),
    "paragraphs never closed": ("<p>a<p>b", ["a", "b"]),
    "text between blocks": ("<div>a<div>b</div>c</div>d", ["a", "b", "c", "d"]),
    "br": ("<p>a<br>b<br/>c</p>", ["a", "b", "c"]),
    "br around nothing": ("<p><br>a<br><br>&nbsp;<br>b</p>", ["a", "b"]),
    "rules": ("a<hr>b", ["a", "b"]),
    "lists": ("<ul><li>a<li>b</ul>", ["a", "b"]),
    "definition lists": ("<dl><dt>a<dd>b</dl>", ["a", "b"]),
    "tables": ("<table><tr><th>a<th>b<tr><td>c<td>d</table>", ["a", "b", "c", "d"]),
    "inline markup": ("<p>a <b>b</b> <i>c</i> <span>d</span><a href=x>, e</a></p>", ["a b c d, e"]),
    "white space": ("<p>\n a\n\n  b\tc </p>", ["a b c"]),
    "non-breaking spaces": ("<p>&nbsp;a&nbsp;&#160;b\u202fc\u2003d&nbsp;</p>", ["a b c d"]),
    "zero-width characters": ("<p>\u200ba\u200bb\u00adc\ufeffd\u2060e\u200d</p>", ["abcde"]),
    "marks of direction": ("<p>\u202eab\u202c\u200f</p>", ["ab"]),
    "entities": ("<p>&eacute; &#8217; &#x65; &amp;eacute; &lt;b&gt;</p>", ["é ’ e &eacute; <b>"]),
    "comments": ("<!-- x --><p>a<!-- y -->b</p><!--[if IE]><p>z</p><![endif]-->", ["ab"]),
    "control characters": ("\x00<p>a\x01\x0bb</p>", ["a b"]),
    "captions": ("<figure><img src=x alt=y><figcaption>a</figcaption></figure>", ["a"]),
    "pictures in headings": ("<h2><img src=x alt='Office of Water'></h2>", ["Office of Water"]),
    "no markup": ("just words", ["just words"]),
    "nothing": ("", []),
    "white space alone": (" \n ", []),
}


@pytest.mark.parametrize("sort", VISIBLE)
def test_lines_are_told_apart_by(sort: str) -> None:
    html, seen = VISIBLE[sort]
    assert lines(html) == seen


UNSEEN = {
    "scripts": "<script>document.write('<p>x</p>')</script>",
    "styles": "<style>p { color: red }</style>",
    "templates": "<template><p>x</p></template>",
    "fallbacks for old browsers": "<noscript><p>x</p></noscript><iframe>x</iframe>",
    "drawings": "<svg><title>x</title><text>x</text></svg>",
    "choices and fields": "<select><option>x</option></select><textarea>x</textarea><input value=x>",
    "the hidden attribute": "<div hidden><p>x</p></div>",
    "a hiding style": "<p style='color: red; DISPLAY : none'>x</p><p style='visibility:hidden'>x</p>",
    "words for screen readers": "<span class='visually-hidden'>x</span><span class='sr-only'>x</span>",
    "buttons that open nothing": "<button>Share</button>",
}


@pytest.mark.parametrize("sort", UNSEEN)
def test_a_reader_does_not_see(sort: str) -> None:
    assert lines(f"<p>a</p>{UNSEEN[sort]}<p>b</p>") == ["a", "b"]


FOLDED = {
    "a panel that a button opens": "<h3><button aria-controls=p>a</button></h3><div id=p hidden>b</div>",
    "a panel that a link opens": "<a href='#p'>a</a><div id=p style='display:none'>b</div>",
    "a panel that a target names": "<div data-bs-target='#p'>a</div><div id=p hidden>b</div>",
    "a tab": "<p>a</p><div role=tabpanel hidden>b</div>",
    "details": "<details><summary>a</summary><p>b</p></details>",
    "a collapsed box": "<p>a</p><div class='accordion-collapse collapse' style='display: none'>b</div>",
}


@pytest.mark.parametrize("sort", FOLDED)
def test_a_reader_can_unfold(sort: str) -> None:
    assert lines(FOLDED[sort]) == ["a", "b"]


PAGE = (
    "<body>{}<main><h1>Offices</h1><p>It looks after rivers and lakes, and after harbors too.</p></main></body>"
)
CHROME = {
    "navigation": "<nav><a href=/>x</a></nav>",
    "a page header": "<header><p>x</p></header>",
    "a footer": "<footer><p>x</p></footer>",
    "a side bar": "<aside><p>x</p></aside>",
    "a banner by its role": "<div role=banner>x</div>",
    "a search by its role": "<form role=search>x</form>",
    "a menu by its class": "<div class='mobile-menu'><ul><li><a href=/>x</a></ul></div>",
    "a breadcrumb by its class": "<ol class=breadcrumb><li><a href=/>x</a></ol>",
    "a note on cookies": "<div id=cookieConsent>x</div>",
}


@pytest.mark.parametrize("sort", CHROME)
def test_site_furniture_is_no_part_of_the_page(sort: str) -> None:
    html = PAGE.format(CHROME[sort])
    assert lines(html) == lines(PAGE.format(""))
    assert all_lines(html) == ["x", *lines(html)]


@pytest.mark.parametrize("sort", sorted(set(CHROME) - {"a page header"}))
def test_site_furniture_inside_the_main_part_is_none_of_it_either(sort: str) -> None:
    html = PAGE.format("").replace("</p>", f"</p>{CHROME[sort]}")
    assert lines(html) == lines(PAGE.format(""))


def test_a_page_without_a_main_part_is_read_without_its_furniture() -> None:
    html = "<body><nav>x</nav><h1>a</h1><p>A text that is longer than the menu.</p><footer>y</footer></body>"
    assert lines(html) == ["a", "A text that is longer than the menu."]


def test_the_whole_page_is_read_where_its_main_part_misleads() -> None:
    html = "<body><div><p>Director Dana Whitcombe</p></div><main><p>x</p></main></body>"
    assert lines(html) == ["x"]
    assert [line.text for line in read_document(html, whole=True).lines] == ["Director Dana Whitcombe", "x"]


HEADINGS = {
    "<h1>a</h1>": 1,
    "<h3><span>a</span></h3>": 3,
    "<h2><button aria-expanded=false>a</button></h2>": 2,
    "<div role=heading aria-level=4>a</div>": 4,
    "<div role=heading>a</div>": 2,
    "<div role=heading aria-level=99>a</div>": 2,
    "<details><summary>a</summary></details>": 4,
    "<p>a</p>": 0,
}


@pytest.mark.parametrize(("html", "level"), HEADINGS.items())
def test_headings_have_the_level_that_their_markup_gives(html: str, level: int) -> None:
    assert [line.level for line in read_document(html).lines] == [level]


@pytest.mark.parametrize(
    ("html", "heading"),
    [
        ("<p><strong>a</strong></p>", True),
        ("<p><b>a</b> <b>b</b></p>", True),
        ("<p><span style='font-weight: 700'>a</span></p>", True),
        ("<p><strong>a</strong> b</p>", False),
        ("<p><strong>" + "long " * 30 + "</strong></p>", False),
        ("<p>a</p>", False),
    ],
)
def test_a_short_line_all_in_bold_is_a_heading(html: str, heading: bool) -> None:
    assert [line.heading for line in read_document(html).lines] == [heading]


def test_a_line_knows_whether_it_is_all_link() -> None:
    html = "<p><a href=x>a</a></p><p><a href=x>a</a> <a href=y>b</a></p><p><a href=x>a</a>, b</p>"
    assert [line.linked for line in read_document(html).lines] == [True, True, False]


GLUED = {
    "<b>Director</b><i>Dana Whitcombe</i>": "Director Dana Whitcombe",
    "<span>Chief</span><span>Dana</span><span>Whitcombe</span>": "Chief Dana Whitcombe",
    "Director<a href=x>Dana Whitcombe</a>": "Director Dana Whitcombe",
    "<b>Kenji Ng</b><i>Bureau Chief</i>": "Kenji Ng Bureau Chief",
    "<a href=x>Wei Wu</a>United Nations": "Wei Wu United Nations",
    "Ann Mc<b>Donald</b>": "Ann McDonald",
    "<b>Dr</b>. <b>D</b>ana": "Dr. Dana",
    "J<sup>r</sup>": "Jr",
    "<i>anti</i>-terrorism": "anti-terrorism",
    "<b>O</b>’Dowd": "O’Dowd",
}


@pytest.mark.parametrize(("html", "text"), GLUED.items())
def test_words_that_touch_across_markup_are_parted_where_a_reader_parts_them(html: str, text: str) -> None:
    assert lines(f"<p>{html}</p>") == [text]


def test_seams_are_places_where_the_markup_changes() -> None:
    (line,) = read_document("<p> Director <b>Dana</b> Whitcombe</p>").lines
    assert {line.text[seam:].split()[0] for seam in line.seams} == {"Dana", "Whitcombe"}


def test_the_title_and_the_breadcrumb_are_kept() -> None:
    html = (
        "<html><head><title>Offices\n | Agency</title></head><body>"
        "<nav aria-label=Breadcrumb><ol><li><a>Home</a> »<li>About</ol></nav><p>x</p></body></html>"
    )
    document = read_document(html)
    assert (document.title, document.breadcrumb) == ("Offices | Agency", ["Home", "About"])


def test_the_menus_around_the_main_part_of_a_real_page_are_left_out() -> None:
    html = path("cbp_2024-04-19.html").read_text(encoding="utf-8")
    assert "Executive Assistant Commissioners' Offices" in lines(html)
    assert not any("Official websites use .gov" in line for line in lines(html))
    assert any("Official websites use .gov" in line for line in all_lines(html))


def stands_where_it_says(document: Document) -> bool:
    return all(document.text[line.start : line.end] == line.text for line in document.lines)


PAGES = LAYOUTS | {page.name: page.read_text(encoding="utf-8") for page in HERE.glob("*.html")}


@pytest.mark.parametrize("name", PAGES)
def test_every_line_stands_where_it_says_in_the_text(name: str) -> None:
    assert stands_where_it_says(read_document(PAGES[name]))
    assert stands_where_it_says(read_document(PAGES[name], whole=True))


tags = st.sampled_from(
    "div p span b h2 table tr td ul li br a dl dt dd main nav script details summary".split()
)
markup = st.lists(
    st.one_of(
        tags.map("<{}>".format),
        tags.map("</{}>".format),
        st.text(max_size=8),
        st.sampled_from(
            ["<!--", "-->", "<![CDATA[", "<?x", "&#0;", "&#xD800;", "<p hidden>", "\x00", '<a href="', "<"]
        ),
    ),
    max_size=40,
).map("".join)


@given(markup)
def test_any_markup_has_lines_that_stand_where_they_say(html: str) -> None:
    for document in (read_document(html), read_document(html, whole=True)):
        assert stands_where_it_says(document)
        assert all(line.text == squeeze(line.text) != "" for line in document.lines)


def test_text_below_ten_thousand_open_elements_is_seen() -> None:
    for tag in ("div", "span", "b", "ul><li", "section"):
        html = f"<main>{f'<{tag}>' * 10_000}<p>deep</p></main>"
        assert "deep" in lines(html), tag
