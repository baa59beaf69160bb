"""Check that pages add up: as many items as announced, no page twice or missing, and an end."""

import hashlib
from dataclasses import dataclass, field

from analytics.sources.partner_center.page_model import Page
from analytics.sources.partner_center.trouble import Nonsense, UnevenPages

MOST_EMPTY = 50
"""Most pages without an item in a row."""


@dataclass(slots=True)
class Count:
    """The count of one call's pages; `came` starts with the items that came before a restart."""

    came: int = 0
    totals: set[int] = field(default_factory=set)
    by_page: bool = True
    """True while each page announces its own items alone, as invoice examples do (domain 6h).
    """
    seen: set[bytes] = field(default_factory=set)
    empty: int = 0

    believed: frozenset[bytes] = frozenset()
    """Hashes of the pages of an earlier fetch: the same ones are believed, though uneven."""
    gap: bool = False
    """True once a page told that another one is missing."""
    places: set[str] = field(default_factory=set)
    shortest: int | None = None
    """Items of the shortest page that another one followed; None before the first."""
    longest: int = 0

    def add(self, page: Page) -> None:
        """Count one more page. Raises Nonsense if it came before, if more items came than
        announced, or if it is the last one and the sum is wrong; UnevenPages or Nonsense if no sum
        is told and a page may be missing.
        """
        self._refuse_repeat(page)
        self._note_signs(page)
        self.came += len(page.items)
        if page.total is not None:
            self.totals.add(page.total)
            self.by_page &= page.total == len(page.items)
        if not self.totals or self.by_page:
            self._refuse_signs(page)
        elif self.came > max(self.totals) or not (page.following or self.totals == {self.came}):
            total = str(max(self.totals))
            raise Nonsense("sync-why-total", came=str(self.came), total=total)

    def _note_signs(self, page: Page) -> None:
        """Note what tells that a page is missing: a word of the page's own, a continuation that led
        to another page before, or a page shorter than others though more follow it.
        """
        items = len(page.items)
        self.gap |= page.gap or page.place in self.places
        if page.place:
            self.places.add(page.place)
        if page.following and page.by_link:
            self.shortest = min(items, items if self.shortest is None else self.shortest)
        self.longest = max(self.longest, items)

    def _refuse_signs(self, page: Page) -> None:
        """Refuse the last page of a list that tells no sum, if a page seems to be missing."""
        if page.following:
            return
        if self.gap:
            raise Nonsense("sync-why-page-missing")
        uneven = self.shortest is not None and self.shortest < self.longest
        if uneven and not self.totals and self.seen != self.believed:
            raise UnevenPages(frozenset(self.seen))

    def _refuse_repeat(self, page: Page) -> None:
        """Refuse a page with an earlier page's items, even if its next link differs, and too many
        empty pages.
        """
        self.empty = 0 if page.items else self.empty + 1
        if self.empty > MOST_EMPTY:
            raise Nonsense("sync-why-endless")
        digest = hashlib.sha256(repr(page.items).encode("utf-8", "surrogatepass")).digest()
        if page.items and digest in self.seen:
            raise Nonsense("sync-why-repeated")
        self.seen.add(digest)
