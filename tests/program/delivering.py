"""A delivery around a backend of a test's own, and facts that come when they are let."""

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from analytics.values import PartnerId
from analytics.warehouse.current_generation import Warehouse
from bot.delivery import Delivery
from bot.painting import Painter
from bot.settings import database_url
from bot.store.buttons import ButtonStore
from bot.store.database import open_database
from bot.store.replay_set import ReplayStore
from bot.time_limits import USUAL, TimeLimits
from bot.wiring import Installation
from handlers.backend import Backend


@dataclass(frozen=True)
class Held:
    """Warehouses behind a gate: a question for figures waits until it is opened."""

    warehouses: Callable[[PartnerId], Warehouse]
    gate: threading.Event = field(default_factory=threading.Event)

    def __call__(self, partner: PartnerId) -> Warehouse:
        self.gate.wait(30)
        return self.warehouses(partner)


@asynccontextmanager
async def delivering(
    installation: Installation, backend: Backend, limits: TimeLimits = USUAL
) -> AsyncIterator[Delivery]:
    """The installation's delivery with another backend."""
    engine = await open_database(database_url(installation.settings))
    painter = Painter()
    try:
        yield Delivery(
            *(backend, ButtonStore(engine), painter, installation.metrics, ReplayStore(engine)),
            limits=limits,
        )
    finally:
        painter.close()
        await engine.dispose()
