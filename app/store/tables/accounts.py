"""Who runs sessions on this server, and what its owner chose."""

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from app.store.tables.shape import WITHOUT_ROWID, reference


class Moderator(SQLModel, table=True):
    """An account of somebody who runs sessions."""

    __tablename__ = "moderator"
    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    name: str
    password_hash: str
    is_owner: bool = False


class SignIn(SQLModel, table=True):
    """A moderator's signed-in browser; only the hash of its token is kept."""

    __tablename__ = "sign_in"
    __table_args__ = WITHOUT_ROWID
    token_hash: str = Field(primary_key=True)
    moderator_id: int = reference("moderator.id", index=True)
    expires_at: int


class KnownBrowser(SQLModel, table=True):
    """A browser in which a moderator once signed in: strangers' wrong passwords do not slow it down."""

    __tablename__ = "known_browser"
    __table_args__ = WITHOUT_ROWID
    token_hash: str = Field(primary_key=True)
    moderator_id: int = reference("moderator.id", index=True)
    expires_at: int


class SetUpLink(SQLModel, table=True):
    """A one-time link: it makes the first moderator, or lets the one it names choose a password."""

    __tablename__ = "set_up_link"
    __table_args__ = WITHOUT_ROWID
    token_hash: str = Field(primary_key=True)
    expires_at: int
    moderator_id: int | None = reference("moderator.id", default=None)


class OwnerSetting(SQLModel, table=True):
    """What the server's owner chose on the settings page, by the setting's name."""

    __tablename__ = "owner_setting"
    __table_args__ = WITHOUT_ROWID
    name: str = Field(primary_key=True)
    value: str = Field(sa_column=Column(Text, nullable=False))
