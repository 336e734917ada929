"""One visit: the archive that is asked, the page it is asked about, and where links lead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, cast

from fastapi import Depends, Path, Request

from storage import NotThere

if TYPE_CHECKING:
    from monitor.history.spans import ToldHistory
    from monitor.history.subjects import Subjects
    from monitor.settings import Settings
    from storage import Archive, StoredPage
    from web.remembering import Memory, Remembered

LARGEST = 2**63 - 1
"""What a database's integer holds."""


@dataclass(frozen=True, slots=True)
class Site:
    """What is served: an archive, with the settings of the pages that it watches."""

    archive: Archive
    settings: Settings
    clock: Callable[[], datetime]
    memory: Memory


@dataclass(frozen=True)
class Visit:
    """A request about one page of the archive; `pages` are all there are, by the names they are asked by.

    One visit sees one history, whatever is written meanwhile.
    """

    request: Request
    site: Site
    page: StoredPage
    pages: dict[str, StoredPage]

    @property
    def archive(self) -> Archive:
        return self.site.archive

    @cached_property
    def remembered(self) -> Remembered:
        """Return everything that is known of the page."""
        return self.site.memory.of(self.page)

    @property
    def history(self) -> ToldHistory:
        return self.remembered.history

    @property
    def subjects(self) -> Subjects:
        """Return the offices, people and figures of the page, as links name them."""
        return self.remembered.subjects

    @property
    def root(self) -> str:
        """Return the path that this server is reached under, "" where that is the whole host."""
        return root_of(self.request)

    @property
    def key(self) -> str:
        """Return the name that links ask for this page by."""
        return next(key for key, page in self.pages.items() if page.id == self.page.id)

    @property
    def here(self) -> str:
        """Return the path of this page's part of the site."""
        return f"{self.root}/pages/{self.key}"


def site_of(request: Request) -> Site:
    return cast("Site", request.app.state.site)


def root_of(request: Request) -> str:
    return str(request.scope.get("root_path", "")).rstrip("/")


def named_pages(archive: Archive) -> dict[str, StoredPage]:
    """Return the archive's pages by name; by number where two have the same name."""
    pages = archive.pages()
    shared = Counter(page.name for page in pages)
    return {page.name if shared[page.name] == 1 else str(page.id): page for page in pages}


PageName = Annotated[str, Path(description="A page's name, as `[[pages]] name` gives it.", max_length=80)]


def visit(request: Request, page: PageName) -> Visit:
    """Return the visit to the page that a path names; raises NotThere."""
    site = site_of(request)
    pages = named_pages(site.archive)
    if page not in pages:
        raise NotThere(f"there is no page {page!r} in this archive: it has {', '.join(pages) or 'none yet'}")
    return Visit(request, site, pages[page], pages)


Here = Annotated[Visit, Depends(visit)]
Number = Annotated[int, Path(ge=1, le=LARGEST, description="Its number.")]


def own(visit: Visit, row: Any, what: str) -> Any:
    """Return a row of the visit's page; raises NotThere for one of another page."""
    if row.page_id != visit.page.id:
        raise NotThere(f"{what} {row.id} is of another page than {visit.page.name}")
    return row
