"""Alembic's entry: runs in the transaction that open_database() holds."""

from alembic import context

import bot.store.replay_set  # noqa: F401 its table joins the metadata by being read
from bot.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
