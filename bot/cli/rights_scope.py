"""The customers and scopes that a file of rights names, found among the figures."""

from collections.abc import Iterable

from analytics.questions.customers import customer_names
from analytics.values import TenantId
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts
from bot.partners import SERVED, facts_of
from bot.settings import Settings
from handlers.chat.access import operators_sight
from handlers.chat.customer_search import find_subject
from handlers.chat.group_refusals import UnknownGroup
from handlers.chat.group_search import scope_called
from handlers.chat.groups import CustomerGroup
from handlers.chat.refusals import Refusal, SeveralCustomers
from handlers.input.group_words import take_group
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
        self.scopes: tuple[CustomerGroup, ...] = ()
        """The partner's scopes, which rights may name."""

    def find(self, text: str) -> TenantId | CustomerGroup | CellFault:
        """Return the id of the one customer of this name, or the scope behind `group:`; the fault
        of a text that names neither.
        """
        try:
            rest, group = take_group(text.split())
        except Refusal:
            return CellFault("rights-file-scope")
        if not group or rest:
            return self.tenant(text)
        return self.scope(group) or CellFault("rights-file-scope")

    def scope(self, name: str) -> CustomerGroup | None:
        """Return the scope of this name; None for none."""
        try:
            return scope_called(name, self.scopes)
        except UnknownGroup:
            return None

    def is_customer(self, name: str) -> bool:
        """Check whether a customer is called so, which then no scope can be."""
        return self._facts is not None and self._facts.has_name(name)

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
