"""The customers that a file of rights names, found among the figures."""

from collections.abc import Iterable

from analytics.questions.customers import customer_names
from analytics.values import TenantId
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts
from bot.partners import SERVED, facts_of
from bot.settings import Settings
from handlers.chat.access import operators_sight
from handlers.chat.customer_search import find_subject
from handlers.chat.refusals import Refusal, SeveralCustomers
from handlers.input.rights_row import CellFault
from handlers.messages.speaker import Speaker

_LONGEST = 200
"""Characters of a customer's name; a longer text is not searched for."""


class CustomerFinder:
    """A finder of customers by name or id, for one file; each name is searched once."""

    def __init__(self, settings: Settings, say: Speaker) -> None:
        generation = Warehouse(facts_of(settings)).current()
        self._facts = Facts(generation, operators_sight(SERVED)) if generation else None
        self._say = say
        self._found: dict[str, TenantId | CellFault] = {}

    def tenant(self, name: str) -> TenantId | CellFault:
        """Return the id of the one customer of this name; the fault of a name that is unknown,
        misspelt, or fits several.
        """
        if name not in self._found:
            self._found[name] = self._search(name)
        return self._found[name]

    def names(self, tenants: Iterable[TenantId]) -> dict[str, str]:
        """Return the customers' names by id; empty before the first import."""
        return customer_names(self._facts, tenants) if self._facts else {}

    def _search(self, name: str) -> TenantId | CellFault:
        if self._facts is None or len(name) > _LONGEST:
            unsure = self._facts is None
            return CellFault("rights-file-no-figures" if unsure else "rights-file-customer")
        try:
            subject = find_subject(self._facts, name)
        except SeveralCustomers as several:
            shown = self._say.enumeration([f"{c.name} ({c.id})" for c in several.customers])
            return CellFault("rights-file-several", customers=shown)
        except Refusal:
            return CellFault("rights-file-customer")
        if subject.topic:
            return CellFault("rights-file-customer")
        if subject.mended:  # a right is not given on a guess
            near = f"{subject.customer.name} ({subject.customer.id})"
            return CellFault("rights-file-misspelt", near=near)
        return subject.customer.id
