"""What preparing and leading need: sharing, templates, the owner's settings, the door, attendance, retention."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NEW_SESSION_COLUMNS = (
    sa.Column("starts_at", sa.String(), nullable=True),
    # A constant first, since SQLite takes nothing else here; each row gets its own date below.
    sa.Column("kept_from", sa.Date(), nullable=False, server_default="1970-01-01"),
    sa.Column("deleted_at", sa.Integer(), nullable=True),
    sa.Column("door_open", sa.Boolean(), nullable=False, server_default=sa.true()),
    sa.Column("attendance_open", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("attendance_key", sa.String(), nullable=False, server_default=""),
    sa.Column("names_in_report", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("roles_in_report", sa.Boolean(), nullable=True),
)


def upgrade() -> None:
    op.add_column("moderator", sa.Column("is_owner", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("update moderator set is_owner = 1 where id = (select min(id) from moderator)")
    _make_tables()
    for column in NEW_SESSION_COLUMNS:
        op.add_column("moderation_session", column)
    _fill_sessions()
    op.create_index(op.f("ix_moderation_session_attendance_key"), "moderation_session", ["attendance_key"], unique=True)
    op.add_column("question", sa.Column("skipped", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("question", sa.Column("most_statements", sa.Integer(), nullable=False, server_default="30"))
    op.add_column("question", sa.Column("hidden_elsewhere", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("round", sa.Column("connected", sa.Integer(), nullable=True))


def _make_tables() -> None:
    # It held only links that last a day; made anew, since a reference can't be added to a table.
    op.drop_table("set_up_link")
    op.create_table(
        "set_up_link",
        sa.Column("token_hash", sa.String(), primary_key=True),
        sa.Column("expires_at", sa.Integer(), nullable=False),
        sa.Column("moderator_id", sa.Integer(), _belongs_to("moderator", "set_up_link", "moderator_id"), nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "known_browser",
        sa.Column("token_hash", sa.String(), primary_key=True),
        sa.Column(
            "moderator_id", sa.Integer(), _belongs_to("moderator", "known_browser", "moderator_id"), nullable=False
        ),
        sa.Column("expires_at", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_known_browser_moderator_id"), "known_browser", ["moderator_id"])
    op.create_table(
        "owner_setting",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "co_moderator",
        sa.Column(
            "session_id",
            sa.Integer(),
            _belongs_to("moderation_session", "co_moderator", "session_id"),
            primary_key=True,
        ),
        sa.Column(
            "moderator_id", sa.Integer(), _belongs_to("moderator", "co_moderator", "moderator_id"), primary_key=True
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_co_moderator_moderator_id"), "co_moderator", ["moderator_id"])
    op.create_table(
        "template",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("moderator_id", sa.Integer(), _belongs_to("moderator", "template", "moderator_id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("script", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_template_moderator_id"), "template", ["moderator_id"])


def _belongs_to(table: str, child: str, column: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", name=f"fk_{child}_{column}_{table}", ondelete="CASCADE")


def _fill_sessions() -> None:
    """Sessions that are there already are kept from today on, each with an attendance key of its own."""
    connection = op.get_bind()
    connection.execute(sa.text("update moderation_session set kept_from = date('now')"))
    for (key,) in connection.execute(sa.text("select id from moderation_session")).fetchall():
        connection.execute(
            sa.text("update moderation_session set attendance_key = :key where id = :id"),
            {"key": secrets.token_urlsafe(18), "id": key},
        )


def downgrade() -> None:
    op.drop_column("round", "connected")
    op.drop_column("question", "hidden_elsewhere")
    op.drop_column("question", "most_statements")
    op.drop_column("question", "skipped")
    op.drop_index(op.f("ix_moderation_session_attendance_key"), "moderation_session")
    for column in NEW_SESSION_COLUMNS:
        op.drop_column("moderation_session", column.name)
    for table in ("template", "co_moderator", "owner_setting", "known_browser", "set_up_link"):
        op.drop_table(table)
    op.create_table(
        "set_up_link",
        sa.Column("token_hash", sa.String(), primary_key=True),
        sa.Column("expires_at", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.drop_column("moderator", "is_owner")
