"""Rights, the audit, and saved questions."""

from alembic import op
from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, Text

revision = "0001"
down_revision = None

_NO_CHANGE = {
    "sqlite": (
        """CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
        """CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    ),
    "postgresql": (
        """CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'the audit is append-only'
                USING ERRCODE = 'integrity_constraint_violation';
        END $$""",
        """CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
        FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()""",
    ),
}


def _person() -> list[Column[str]]:
    return [Column(name, String(128), nullable=False) for name in ("platform", "tenant", "user_id")]


def upgrade() -> None:
    """Create the four tables and protect the audit against change."""
    op.create_table(
        "partner",
        Column("id", String(64), primary_key=True),
        Column("head_seq", Integer, nullable=False),
        Column("head_mac", String(64), nullable=False),
    )
    op.create_table(
        "assignment",
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("partner", String(64), ForeignKey("partner.id"), nullable=False),
        *_person(),
        Column("role", String(32), nullable=False),
        Column("customers", Text),
        Column("until", DateTime(timezone=True)),
        Column("reason", Text, nullable=False),
        Column("given_by", String(400), nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("ended_at", DateTime(timezone=True)),
    )
    op.create_index("assignment_person", "assignment", ["partner", "platform", "tenant", "user_id"])
    op.create_table(
        "audit",
        Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
        Column("seq", Integer, primary_key=True),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("entry", Text, nullable=False),
        Column("mac", String(64), nullable=False),
    )
    op.create_table(
        "saved_ask",
        Column("id", String(43), primary_key=True),
        Column("partner", String(64), ForeignKey("partner.id"), nullable=False),
        *_person(),
        Column("text", Text, nullable=False),
        Column("until", DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_saved_ask_until", "saved_ask", ["until"])
    for statement in _NO_CHANGE[op.get_bind().dialect.name]:
        op.execute(statement)
