"""Customers' names for notices that no question asked for."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from analytics.questions.customers import customer_names
from analytics.values import PartnerId, TenantId
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts, Unreadable
from bot.log import log_error
from handlers.chat.access import operators_sight


@dataclass(frozen=True, slots=True)
class CustomerNames:
    """The names of a partner's customers, as a partner admin sees them: for admins alone."""

    warehouse: Warehouse
    partner: PartnerId

    async def by_id(self, tenants: Collection[TenantId]) -> Mapping[str, str]:
        """Return the names by id. Customers that the current figures do not have are left out, all
        of them where there are no figures or they cannot be read.
        """
        try:
            return await asyncio.to_thread(self._read, tenants) if tenants else {}
        except Unreadable as error:  # the notice names them by id
            log_error("facts not read", error)
            return {}

    def _read(self, tenants: Collection[TenantId]) -> Mapping[str, str]:
        generation = self.warehouse.current()
        if generation is None:
            return {}
        return customer_names(Facts(generation, operators_sight(self.partner)), tenants)
