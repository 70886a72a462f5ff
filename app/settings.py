"""Every setting of the server: its name in the environment, its default, one sentence; read once."""

from __future__ import annotations

import functools
import ipaddress
import os
import socket
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from app.owner_variables import OwnerVariables, read_owner_variables

HIGHEST_PORT = 65535
PLAIN_VARIABLES = ("host", "port", "data", "public_url", "embeddings_url", "embeddings_model", "embeddings_key")


@dataclass(frozen=True)
class Settings:
    """How this server runs."""

    host: str = "127.0.0.1"
    """HOST: the address to listen on; 0.0.0.0 lets phones in the room reach it."""
    port: int = 8000
    """PORT: the port to listen on."""
    data: Path = Path("data")
    """DATA: the folder that holds the database."""
    public_url: str = ""
    """PUBLIC_URL: the address people use, when it is not simply this machine's."""
    embeddings_url: str = ""
    """EMBEDDINGS_URL: where /v1/embeddings answers, on the owner's own network; without it the built-in suggests."""
    embeddings_model: str = "nomic-embed-text"
    """EMBEDDINGS_MODEL: the name of the model to ask there."""
    embeddings_key: str = field(default="", repr=False)
    """EMBEDDINGS_KEY: the key to show there, where one is asked."""
    owner: OwnerVariables = OwnerVariables()
    """ORGANISATION_NAME and others: what the settings page can then not change; see owner_variables.py."""

    @property
    def database_path(self) -> Path:
        return self.data / "moderato.db"

    @property
    def base_url(self) -> str:
        """The address that QR and big screen show, without a slash at the end."""
        if self.public_url:
            return self.public_url.rstrip("/")
        host = lan_address() if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def is_loopback(self) -> bool:
        """Whether phones can't reach the address people would be given."""
        return is_loopback(urlsplit(self.base_url).hostname or "")


_chosen: list[Settings] = []


def settings() -> Settings:
    """The settings of this process: those chosen when the application was built, else from the environment."""
    return _chosen[-1] if _chosen else _from_environment()


def choose(own: Settings) -> None:
    """Make these the settings of this process, so that screens name the address the application was built with."""
    _chosen[:] = [own]


@functools.cache
def _from_environment() -> Settings:
    return read(dict(os.environ))


def read(environment: dict[str, str]) -> Settings:
    """Settings from the plain variables (HOST, PORT …) and those of the owner; an empty one counts as not given.

    Raises ValueError with one sentence for what can't be.
    """
    given = {name: environment.get(name.upper(), "") for name in PLAIN_VARIABLES}
    return Settings(
        host=given["host"] or Settings.host,
        port=_port(given["port"]) if given["port"] else Settings.port,
        data=Path(given["data"] or Settings.data),
        public_url=_address("PUBLIC_URL", given["public_url"]) if given["public_url"] else "",
        embeddings_url=_address("EMBEDDINGS_URL", given["embeddings_url"]) if given["embeddings_url"] else "",
        embeddings_model=given["embeddings_model"] or Settings.embeddings_model,
        embeddings_key=_key(given["embeddings_key"]),
        owner=read_owner_variables(environment),
    )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= HIGHEST_PORT):
        raise ValueError(f"PORT is not a number from 1 to {HIGHEST_PORT}")
    return int(text)


def _address(name: str, text: str) -> str:
    """Without http:// or https:// a QR code would lead nowhere, which nobody would see before the evening."""
    try:
        parts = urlsplit(text)
        is_address = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        is_address = False
    if not is_address:
        raise ValueError(f"{name} is not an address that begins with http:// or https://")
    return f"{parts.scheme}{text[len(parts.scheme) :]}"


def _key(text: str) -> str:
    if not (text.isascii() and (text.isprintable() or not text)):
        raise ValueError("EMBEDDINGS_KEY holds a sign that no key can hold")
    return text


def is_loopback(host: str) -> bool:
    """Whether a host name or address means only this machine itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def lan_address() -> str:
    """This machine's address on the local network; 127.0.0.1 when it has none. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return _address_of_host_name()
        return str(probe.getsockname()[0])


def _address_of_host_name() -> str:
    try:
        return socket.gethostbyname(socket.gethostname())
    except OSError:
        return "127.0.0.1"
