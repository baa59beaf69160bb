"""Whether pages add up: as many items as they announce, none twice, and an end."""

import hashlib
from dataclasses import dataclass, field

from analytics.sources.partner_center.page_model import Page
from analytics.sources.partner_center.trouble import Nonsense

MOST_EMPTY = 50
"""Pages without an item, one after another."""


@dataclass(slots=True)
class Count:
    """Of the pages of one call; `came` starts with what came before a restart."""

    came: int = 0
    totals: set[int] = field(default_factory=set)
    by_page: bool = True
    """Whether each page announced itself alone, as examples of invoices do (domain 6h)."""
    seen: set[bytes] = field(default_factory=set)
    empty: int = 0

    def add(self, page: Page) -> None:
        """One more page. Nonsense where it came before, where more has come than was announced, and
        where it is the last one and the sum is wrong.
        """
        self._refuse_repeat(page)
        self.came += len(page.items)
        if page.total is not None:
            self.totals.add(page.total)
            self.by_page &= page.total == len(page.items)
        if not self.totals or self.by_page:
            return
        if self.came > max(self.totals) or not (page.following or self.totals == {self.came}):
            total = str(max(self.totals))
            raise Nonsense("sync-why-total", came=str(self.came), total=total)

    def _refuse_repeat(self, page: Page) -> None:
        """By what is in it: the link to the next page may differ all the same."""
        self.empty = 0 if page.items else self.empty + 1
        if self.empty > MOST_EMPTY:
            raise Nonsense("sync-why-endless")
        digest = hashlib.sha256(repr(page.items).encode("utf-8", "surrogatepass")).digest()
        if page.items and digest in self.seen:
            raise Nonsense("sync-why-repeated")
        self.seen.add(digest)
