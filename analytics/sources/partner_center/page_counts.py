"""Check that pages add up: as many items as announced, no page twice, and an end."""

import hashlib
from dataclasses import dataclass, field

from analytics.sources.partner_center.page_model import Page
from analytics.sources.partner_center.trouble import Nonsense

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

    def add(self, page: Page) -> None:
        """Count one more page. Raises Nonsense if it came before, if more items came than
        announced, or if it is the last one and the sum is wrong.
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
