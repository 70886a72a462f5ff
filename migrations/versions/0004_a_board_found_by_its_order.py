"""An index by which what waits, and the last one shown, is found without reading the whole board."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None
NAME = "ix_statement_question_id_released_rank"


def upgrade() -> None:
    op.create_index(NAME, "statement", ["question_id", "released", "rank"])


def downgrade() -> None:
    op.drop_index(NAME, "statement")
