# ruff: noqa: E501 - markup stands as served
"""The frames that content systems put around a body: Drupal with USWDS, WordPress, SharePoint, GOV.UK, the nineties."""

from __future__ import annotations

import html
from collections.abc import Callable

from bench.accuracy.facts import Facts
from bench.accuracy.noise import Noise

Frame = Callable[[Facts, str, Noise], str]


def _items(words: tuple[str, ...]) -> str:
    return "".join(
        f"<li><a href='/{word.lower().replace(' ', '-')}'>{html.escape(word)}</a></li>" for word in words
    )


def _head(facts: Facts, noise: Noise, extra: str = "") -> str:
    title = f"<title>{html.escape(facts.title)} | {html.escape(facts.agency)}</title>"
    script = f"<script nonce='{noise.nonce}'>window.build='{noise.nonce[:7]}';var leaders=['Director Old Name'];</script>"
    return f"<head><meta charset='utf-8'>{title}<link rel='canonical' href='{facts.url}'>{extra}{script}</head>"


def _teasers(noise: Noise, heading: str = "Latest news") -> str:
    if not noise.teasers:
        return ""
    items = "".join(f"<li><a href='/news/{place}'>{line}</a></li>" for place, line in enumerate(noise.teasers))
    return f"<h2>{heading}</h2><ul>{items}</ul>"


def drupal_uswds(facts: Facts, body: str, noise: Noise) -> str:
    """Frame as cbp.gov does: banner, breadcrumb as an ordered list, the menu twice, a trailing link, last modified."""
    menu = f"<h4>About {facts.acronym}</h4><ul>{_items(noise.menu)}</ul>"
    crumbs = "".join(f"<li><a href='/'>{html.escape(crumb)}</a></li>" for crumb in noise.crumbs)
    return f"""<!DOCTYPE html><html lang="en" dir="ltr">{_head(facts, noise)}<body class="path-node page-node-type-page">
<a href="#main-content" class="visually-hidden focusable">Skip to main content</a>
<section class="usa-banner" aria-label="Official government website"><p class="usa-banner__header-text">{noise.banner}</p></section>
<header class="usa-header"><nav class="usa-nav"><ul>{_items(noise.menu)}</ul></nav></header>
<main id="main-content"><nav class="usa-breadcrumb"><ol class="usa-breadcrumb__list">{crumbs}</ol></nav>
<a href="#block-main">Skip to body content</a><nav class="menu--about">{menu}</nav><nav class="menu--mobile">{menu}</nav>
<h1><span class="field field--name-title">{html.escape(facts.title)}</span></h1>
<div id="block-main" class="block block-system"><article data-history-node-id="{noise.nonce[:5]}"><div class="node__content">
<div class="field field--name-body field--type-text-with-summary field__item">
{body}
</div></div></article></div>
<div>{noise.modified}</div></main>
<aside class="layout-sidebar-second">{noise.sidebar}{_teasers(noise)}</aside>
<footer class="usa-footer">{noise.footer}</footer></body></html>"""


def wordpress(facts: Facts, body: str, noise: Noise) -> str:
    """Frame as a WordPress theme does: widgets in an aside, entry-content, no main element."""
    return f"""<!doctype html>
<html lang="en-US">{_head(facts, noise, "<meta name='generator' content='WordPress 6.4.2'>")}
<body class="page-template-default page page-id-{int(noise.nonce[:3], 16)}"><div id="page" class="site">
<header id="masthead" class="site-header"><p class="site-title">{facts.agency}</p><div class="notice">{noise.banner}</div>
<nav id="site-navigation"><ul id="primary-menu">{_items(noise.menu)}</ul></nav></header>
<div id="content" class="site-content"><div id="primary" class="content-area"><article class="post-42 page type-page">
<header class="entry-header"><h1 class="entry-title">{html.escape(facts.title)}</h1></header>
<div class="entry-content">
{body}
</div><footer class="entry-footer"><span class="edit-link">{noise.modified}</span></footer></article></div>
<aside id="secondary" class="widget-area"><section class="widget">{noise.sidebar}</section><section class="widget">{_teasers(noise, "Recent Posts")}</section></aside>
</div><footer id="colophon" class="site-footer"><div class="site-info">{noise.footer}</div></footer></div></body></html>"""


def sharepoint(facts: Facts, body: str, noise: Noise) -> str:
    """Frame as SharePoint does: one form around everything, nested divs with machine ids."""
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns:o="urn:schemas-microsoft-com:office:office" lang="en-us" dir="ltr">{_head(facts, noise, "<meta name='GENERATOR' content='Microsoft SharePoint' />")}
<body><form method="post" action="./leadership.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="{noise.nonce}" />
<div id="s4-workspace"><div id="s4-bodyContainer"><div class="ms-noindex"><div class="alert">{noise.banner}</div>
<ul class="root static">{_items(noise.menu)}</ul></div>
<div id="DeltaPlaceHolderMain"><h1 class="ms-core-pageTitle">{html.escape(facts.title)}</h1>
<div class="ms-rte-layoutszone-inner" id="ctl00_PlaceHolderMain_{noise.nonce[:8]}__ControlWrapper_RichHtmlField"><div class="ExternalClass{noise.nonce}">
{body}
</div></div><div class="lastmod">{noise.modified}</div></div>
<div id="sideNavBox" class="ms-dialogHidden">{noise.sidebar}{_teasers(noise, "Announcements")}</div>
<div id="footer" class="footer">{noise.footer}</div></div></div></form></body></html>"""


def govuk(facts: Facts, body: str, noise: Noise) -> str:
    """Frame as the GOV.UK design system does."""
    crumbs = "".join(
        f'<li class="govuk-breadcrumbs__list-item">{html.escape(crumb)}</li>' for crumb in noise.crumbs
    )
    return f"""<!DOCTYPE html><html lang="en" class="govuk-template">{_head(facts, noise)}
<body class="govuk-template__body"><div id="global-cookie-message" class="gem-c-cookie-banner">{noise.banner}</div>
<header class="govuk-header" role="banner"><nav><ul>{_items(noise.menu)}</ul></nav></header>
<div class="govuk-width-container"><div class="govuk-breadcrumbs"><ol class="govuk-breadcrumbs__list">{crumbs}</ol></div>
<main class="govuk-main-wrapper" id="content" role="main"><div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
<h1 class="gem-c-title__text govuk-heading-xl">
  {html.escape(facts.title)}
</h1>
<div class="gem-c-govspeak govuk-govspeak" data-module="govspeak">
{body}
</div></div><div class="govuk-grid-column-one-third"><aside class="gem-c-related-navigation">{noise.sidebar}{_teasers(noise, "Related content")}</aside></div></div>
<div class="gem-c-metadata">{noise.modified}</div></main></div><footer class="govuk-footer" role="contentinfo">{noise.footer}</footer></body></html>"""


def nineties(facts: Facts, body: str, noise: Noise) -> str:
    """Frame with layout tables, upper-case tags and no landmarks at all."""
    menu = "<BR>".join(
        f"<A HREF='{word.lower().replace(' ', '_')}.htm'>{html.escape(word)}</A>" for word in noise.menu
    )
    return f"""<HTML><HEAD><TITLE>{html.escape(facts.title)}</TITLE></HEAD>
<BODY BGCOLOR="#FFFFFF"><CENTER><FONT SIZE=2>{noise.banner}</FONT></CENTER>
<TABLE WIDTH=760 BORDER=0 CELLPADDING=0><TR><TD WIDTH=160 VALIGN=top BGCOLOR="#003366">{menu}</TD>
<TD VALIGN=top><H1>{html.escape(facts.title)}</H1>
{body}
<P><FONT SIZE=1>{noise.modified}</FONT></TD></TR></TABLE><HR><CENTER><FONT SIZE=1>{noise.footer}</FONT></CENTER></BODY></HTML>"""


def bare_html5(facts: Facts, body: str, noise: Noise) -> str:
    """Frame with the landmarks of HTML5 and a news section inside main, after the leaders."""
    news = (
        f"<section class='news' aria-label='News'>{_teasers(noise, 'In the news')}</section>"
        if noise.teasers
        else ""
    )
    return f"""<!doctype html><html>{_head(facts, noise)}<body><div role="alert">{noise.banner}</div><header><a href="/">{facts.agency}</a>
<nav><ul>{_items(noise.menu)}</ul></nav></header><main><h1>{html.escape(facts.title)}</h1>
{body}
<p class="updated">{noise.modified}</p>{news}</main><aside>{noise.sidebar}</aside><footer>{noise.footer}<nav><ul>{_items(noise.menu)}</ul></nav></footer></body></html>"""


FRAMES: dict[str, Frame] = {
    "Drupal/USWDS": drupal_uswds,
    "WordPress": wordpress,
    "SharePoint": sharepoint,
    "GOV.UK": govuk,
    "nineties": nineties,
    "HTML5": bare_html5,
}
