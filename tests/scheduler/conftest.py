"""A store of each test's own, on both databases, and everything that the scheduler works with."""

import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.answering.logs import logged
from tests.scheduler.staging import Stage
from tests.store.conftest import another, behind, engine, file

__all__ = ["another", "behind", "engine", "file", "logged", "stage"]


@pytest_asyncio.fixture
async def stage(engine: AsyncEngine) -> Stage:
    """With Ada's daily digest to herself, a minute late."""
    stage = Stage(engine)
    await stage.due()
    return stage
