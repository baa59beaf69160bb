"""Newer figures than those that an answer was made from."""

from datetime import timedelta

from analytics.demo.stories import made_up_tenant
from analytics.values import OWN
from bot.wiring import Installation
from tests.conftest import NOW
from tests.warehouse.rows import publish, seats

NEWER, NEWER_SOLD = "5,000", "6,250"
"""Contoso's seats of Office 365 E3 in the newest generation, where it had none; and all it has."""


def publish_newer(installation: Installation, times: int = 1) -> None:
    """Publishes generations; the second one sweeps that of before."""
    folder = installation.backend.warehouses(OWN).folder
    yesterday = NOW.date() - timedelta(days=1)
    for more in reversed(range(times)):
        contoso = made_up_tenant("Contoso")
        publish(folder, seats(5000 + more, assigned=4000, tenant=contoso, day=yesterday))
