"""What is given as a variable is used, or stops the start with one sentence."""

from __future__ import annotations

import pytest

from app.settings import Settings, read


def test_nothing_given_is_this_machine_alone() -> None:
    assert read({"PORT": "", "PUBLIC_URL": ""}) == Settings()


@pytest.mark.parametrize("address", ["https://moderato.example.org", "http://192.168.1.5:8000/"])
def test_an_address_and_a_port_are_taken_as_given(address: str) -> None:
    own = read({"PORT": "8080", "PUBLIC_URL": address})
    assert (own.port, own.public_url) == (8080, address)


def test_capitals_in_an_address_keep_its_cookies_secure() -> None:
    assert read({"PUBLIC_URL": "HTTPS://example.org"}).is_https


@pytest.mark.parametrize("port", ["abc", "0", "-1", "65536", "8000.0", "٨", "9" * 5000])
def test_a_port_that_cannot_be_stops_the_start(port: str) -> None:
    with pytest.raises(ValueError, match="^PORT is not a number from 1 to 65535$"):
        read({"PORT": port})


@pytest.mark.parametrize("address", ["moderato.example.org", "https://", "ftp://example.org", "http://[half"])
def test_an_address_that_leads_nowhere_stops_the_start(address: str) -> None:
    with pytest.raises(ValueError, match="^PUBLIC_URL is not an address"):
        read({"PUBLIC_URL": address})


def test_an_embeddings_endpoint_is_off_unless_the_owner_names_one() -> None:
    assert read({}).embeddings_url == ""
    own = read({"EMBEDDINGS_URL": "http://127.0.0.1:11434", "EMBEDDINGS_MODEL": "bge-m3", "EMBEDDINGS_KEY": "sleutel"})
    assert (own.embeddings_url, own.embeddings_model) == ("http://127.0.0.1:11434", "bge-m3")
    assert own.embeddings_key == "sleutel"
    assert "sleutel" not in repr(own)


def test_an_embeddings_endpoint_that_cannot_be_stops_the_start() -> None:
    with pytest.raises(ValueError, match="^EMBEDDINGS_URL is not an address"):
        read({"EMBEDDINGS_URL": "localhost:11434"})
    with pytest.raises(ValueError, match="^EMBEDDINGS_KEY holds a sign"):
        read({"EMBEDDINGS_KEY": "a\nb"})
