"""Products that totals leave out, in the store. A change and its audit row are one transaction."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from analytics.values import PartnerId, TenantId
from bot.store.audit import Audit, lock_partner
from bot.store.report_erasure import names_one
from bot.store.tables import ignored_product
from handlers.chat.asking import UserRef
from handlers.chat.ignored_products import IgnoreOrder, KeptIgnore

_I = ignored_product.c


class IgnoredStore:
    """The store behind `handlers.chat.ignored_products.IgnoredProducts`. Raises STORE_ERRORS."""

    def __init__(self, engine: AsyncEngine, audit: Audit) -> None:
        self._engine = engine
        self._audit = audit

    async def all(self, partner: PartnerId, today: date) -> tuple[KeptIgnore, ...]:
        """Return the decisions that hold on a day, by customer and product."""
        holding = and_(_I.partner == partner, _I.until >= today.isoformat())
        wanted = select(ignored_product).where(holding).order_by(_I.customer, _I.product)
        async with self._engine.execution_options(reading=True).connect() as connection:
            rows = (await connection.execute(wanted)).all()
        return tuple(
            KeptIgnore(
                TenantId(row.customer),
                row.product,
                row.reason,
                row.given_by,
                date.fromisoformat(row.until),
                row.given_at,
            )
            for row in rows
        )

    async def save(self, order: IgnoreOrder) -> None:
        """Save a decision with its audit row, in place of an earlier one about the same."""
        async with self._engine.begin() as connection:
            await lock_partner(connection, order.partner)
            await connection.execute(delete(ignored_product).where(_same(order)))
            values = {"partner": order.partner, "customer": order.customer}
            values |= {"product": order.product, "reason": order.reason}
            values |= {"given_by": str(order.by), "until": order.until.isoformat()}
            await connection.execute(insert(ignored_product).values(**values, given_at=order.at))
            entry = {**_entry("ignore-product", order), "until": order.until.isoformat()}
            await self._audit.append(connection, order.partner, order.at, entry)

    async def end(self, order: IgnoreOrder) -> bool:
        """End the decision about the order's customer and product, with its audit row; False if
        there is none.
        """
        async with self._engine.begin() as connection:
            await lock_partner(connection, order.partner)
            gone = await connection.execute(delete(ignored_product).where(_same(order)))
            if gone.rowcount:
                entry = _entry("count-product", order)
                await self._audit.append(connection, order.partner, order.at, entry)
        return bool(gone.rowcount)


async def forget_ignored(
    connection: AsyncConnection,
    of: PartnerId,
    tenant: TenantId,
    names: Collection[str],
    instead: str,
) -> int:
    """Delete a customer's decisions, and replace reasons of others that name the customer; return
    how many rows were removed or changed.
    """
    its = and_(_I.partner == of, _I.customer == tenant)
    rows = int((await connection.execute(delete(ignored_product).where(its))).rowcount)
    return rows + await _replace_reasons(connection, of, (tenant, *names), instead)


async def forget_giver(
    connection: AsyncConnection, of: PartnerId, ref: UserRef | None, whom: str, instead: str
) -> int:
    """Replace a person as the giver, and reasons that name the person; return how many rows were
    changed.
    """
    rows = 0
    if ref:
        given = and_(_I.partner == of, _I.given_by == str(ref))
        changed = update(ignored_product).where(given).values(given_by=instead)
        rows = int((await connection.execute(changed)).rowcount)
    return rows + await _replace_reasons(connection, of, (whom,), instead)


async def _replace_reasons(
    connection: AsyncConnection, of: PartnerId, names: Collection[str], instead: str
) -> int:
    """Replace reasons that hold one of the names, in any case."""
    texts = select(_I.customer, _I.product, _I.reason).where(_I.partner == of)
    found = 0
    for row in (await connection.execute(texts)).all():
        if names_one(row.reason, names):
            its = and_(_I.partner == of, _I.customer == row.customer, _I.product == row.product)
            await connection.execute(update(ignored_product).where(its).values(reason=instead))
            found += 1
    return found


def _same(order: IgnoreOrder) -> ColumnElement[bool]:
    its = and_(_I.customer == order.customer, _I.product == order.product)
    return and_(_I.partner == order.partner, its)


def _entry(action: str, order: IgnoreOrder) -> dict[str, object]:
    """Return the audit's row; a reason may hold a name, so it is not in it."""
    entry: dict[str, object] = {"action": action, "who": str(order.by)}
    return entry | {"customer": order.customer, "product": order.product}
