"""What totals leave out, as one reader may know it."""

from analytics.values import IgnoredProduct
from handlers.backend import Backend
from handlers.chat.access import Access
from handlers.chat.asking import UserRef
from handlers.chat.ignored_products import IgnoreOrder, KeptIgnore


class IgnoredOfReader:
    """Products that are ignored today, lent to one request: the
    handlers.chat.ignored_products.VisibleIgnored of a running program.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def find(self, access: Access) -> tuple[IgnoredProduct, ...]:
        """Return what is ignored of the customers whom the key's holder may see; with the names of
        those who said so, where the holder may see people's names.
        """
        now, sight = self._backend.now(), access.sight
        kept = await self._backend.ignored_products.all(access.partner, now.date())
        return tuple(
            IgnoredProduct(
                each.customer,
                each.product,
                each.reason,
                self._name(each) if sight.persons else "",
                each.until,
            )
            for each in kept
            if sight.sees(each.customer)
        )

    async def save(self, order: IgnoreOrder) -> None:
        """Save a decision; raises what the store raises."""
        await self._backend.ignored_products.save(order)

    async def end(self, order: IgnoreOrder) -> bool:
        """End a decision; False if there is none."""
        return await self._backend.ignored_products.end(order)

    def _name(self, kept: KeptIgnore) -> str:
        """Return the name of the admin; empty where the person was forgotten."""
        try:
            return self._backend.people.display_name(UserRef.parse(kept.by))
        except ValueError:
            return ""
