"""Figures kept at a close, points counted by hand, what is left out on request, verifiable ballots, action items."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("question", sa.Column("verifiable", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("round", sa.Column("verifiable", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("round", sa.Column("stable", sa.Boolean(), nullable=True))
    op.add_column("round_theme", sa.Column("spread", sa.Float(), nullable=True))
    op.add_column("ballot", sa.Column("secret_hash", sa.String(), nullable=True))
    for name in ("redaction_asked", "redaction_marked", "redacted"):
        op.add_column("statement", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("action_item", sa.Column("carried", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("action_item", sa.Column("uid", sa.String(), nullable=False, server_default=""))
    op.execute("update action_item set uid = lower(hex(randomblob(16)))")
    op.create_table(
        "hand_count",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_hand_count_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "theme_id", name=op.f("pk_hand_count")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("hand_count")
    for name in ("uid", "carried"):
        op.drop_column("action_item", name)
    for name in ("redacted", "redaction_marked", "redaction_asked"):
        op.drop_column("statement", name)
    op.drop_column("ballot", "secret_hash")
    op.drop_column("round_theme", "spread")
    for name in ("stable", "verifiable"):
        op.drop_column("round", name)
    op.drop_column("question", "verifiable")
