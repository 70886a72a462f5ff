"""What participants propose for their own statements while the moderator groups, and the setting that lets them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("takes_proposals", "last_proposals_shown"):
        op.add_column("question", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("statement", sa.Column("proposed_theme_id", sa.Integer(), nullable=True))
    op.add_column("statement", sa.Column("proposed_name", sa.String(), nullable=True))
    op.add_column("statement", sa.Column("proposal", sa.String(), nullable=False, server_default="none"))
    op.add_column("statement", sa.Column("proposal_revision", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    for name in ("proposal_revision", "proposal", "proposed_name", "proposed_theme_id"):
        op.drop_column("statement", name)
    for name in ("last_proposals_shown", "takes_proposals"):
        op.drop_column("question", name)
