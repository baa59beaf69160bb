"""People's names in a right; and what the admins are told once: who sees amounts now."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column and the table; partners with executive report viewers have admins to tell."""
    op.add_column(
        "assignment",
        sa.Column("with_people", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "announcement",
        sa.Column("partner", sa.String(64), sa.ForeignKey("partner.id"), primary_key=True),
        sa.Column("kind", sa.String(32), primary_key=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.Column("told", sa.DateTime(timezone=True)),
    )
    op.execute(
        "INSERT INTO announcement (partner, kind) SELECT DISTINCT partner, 'amounts' "
        "FROM assignment WHERE role = 'executive-report-viewer' AND ended_at IS NULL"
    )
