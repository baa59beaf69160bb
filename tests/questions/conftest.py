"""Fixtures: a warehouse of a few rows, and the made-up partner."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analytics.values import OWN, TenantId
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts
from bot.partners import facts_folder
from tests.warehouse.rows import Line, opened, publish
from tests.warehouse.sights import sight

Told = Callable[..., Facts]
"""Rows in, facts out: `told(seats(50), use(30, 50), visible=…)`."""


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """Publishes these rows beside those told before, and opens what is there."""

    def tell(*lines: Line, visible: frozenset[TenantId] | None = None) -> Facts:
        publish(tmp_path, *lines)
        return opened(tmp_path, visible)

    return tell


@pytest.fixture(scope="session")
def sample(sample_facts: Path) -> Facts:
    """The made-up partner, as somebody sees it who sees everyone."""
    generation = Warehouse(facts_folder(sample_facts, OWN)).current()
    assert generation is not None
    return Facts(generation, sight())
