"""Messages of one digest to each customer of a group: a schedule each, under the digest's number.
The version before pauses them: they are of a kind that it does not know and sends nothing of.
"""

from alembic import op
from sqlalchemy import Column, String

revision = "0016"
down_revision = "0015"

_INDEX = "schedule_number"


def upgrade() -> None:
    """Add the column that the version before leaves empty, and take it into the unique index."""
    op.add_column("schedule", Column("member", String(64), nullable=False, server_default=""))
    op.drop_index(_INDEX, "schedule")
    op.create_index(_INDEX, "schedule", ["partner", "kind", "number", "member"], unique=True)
