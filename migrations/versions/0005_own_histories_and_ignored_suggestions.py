"""A history of the board for each moderator, and the suggestions that were ignored."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("board_move", sa.Column("passed_over", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "ignored_suggestion",
        sa.Column(
            "question_id",
            sa.Integer(),
            sa.ForeignKey("question.id", name="fk_ignored_suggestion_question_id_question", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("what", sa.String(), primary_key=True),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("ignored_suggestion")
    op.drop_column("board_move", "passed_over")
