"""The table of decisions about subscriptions' terms."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from bot.store.column_types import Instant, SafeText
from bot.store.tables import metadata

decision = Table(
    "decision",
    metadata,
    Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    *(Column(name, String(64), nullable=False) for name in ("rule", "customer", "subscription")),
    *(Column(name, String(10), nullable=False) for name in ("term_end", "act_by", "until")),
    *(Column(name, String(32), nullable=False) for name in ("state", "kind")),
    Column("why", SafeText, nullable=False),
    Column("given_by", String(400), nullable=False),
    Column("at", Instant, nullable=False),
    Column("undoes", Integer),
    *(
        Index(f"decision_{name}", "partner", of)
        for name, of in (("term", "term_end"), ("at", "at"))
    ),
)
"""Decisions about terms, append-only; a row that undoes another has its number in `undoes`."""
