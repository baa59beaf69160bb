"""Where a cut audit begins; rows before that, and no others, may be deleted."""

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, String, Text

revision = "0013"
down_revision = "0012"

_KEPT = "coalesce((SELECT last_seq FROM audit_start WHERE partner = OLD.partner), 0)"
_ONLY_BEFORE_THE_START = {
    "sqlite": (
        "DROP TRIGGER audit_no_delete",
        f"""CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit WHEN OLD.seq > {_KEPT}
        BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    ),
    "postgresql": (
        "DROP TRIGGER audit_no_change ON audit",
        """CREATE TRIGGER audit_no_change BEFORE UPDATE OR TRUNCATE ON audit
        FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()""",
        f"""CREATE OR REPLACE FUNCTION audit_keeps_its_rows() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.seq > {_KEPT} THEN
                RAISE EXCEPTION 'the audit is append-only'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN OLD;
        END $$""",
        """CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
        FOR EACH ROW EXECUTE FUNCTION audit_keeps_its_rows()""",
    ),
}


def upgrade() -> None:
    """Create the table, and let rows before the start be deleted."""
    op.create_table(
        "audit_start",
        Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
        Column("last_seq", Integer(), nullable=False),
        Column("mac", Text(), nullable=False),
    )
    for statement in _ONLY_BEFORE_THE_START[op.get_bind().dialect.name]:
        op.execute(statement)
