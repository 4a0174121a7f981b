"""What is set wrongly is named by its setting; who asked gets quotes, and no traceback."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.summary import Summary
from bot.engines import Meter
from bot.engines.chat import Chat
from bot.engines.server import Endpoint, Server
from bot.partner import DiscussionPartner
from tests.endpoint import Reply, serving
from tests.engines.llm.world import GoodModel, configured, with_partner
from tests.engines.test_chat import GOOD, REQUEST, SCHEMA, Shape


async def summarise(partner: DiscussionPartner, topic: int) -> Summary:
    return await partner.summarise(topic)


def why_not(folder: Path, url: str, **settings: object) -> str:
    """The sentence beneath the quotes that a person gets."""
    shown = with_partner(configured(folder, url, **settings), summarise)
    assert shown.engine.name == "quotes"
    assert shown.receipt.cited == 3
    return shown.engine.fallback or ""


@pytest.mark.parametrize(
    "address",
    [
        "localhost:8080/v1",
        "/v1",
        "foo",
        "http://",
        "http:/127.0.0.1/v1",
        "ftp://127.0.0.1/v1",
        "http://[::1",
        "http://127.0.0.1:abc/v1",
        "http://127.0.0.1:99999/v1",
        "http://127.0.0.1 :9/v1",
        "http://\n127.0.0.1:9/v1",
        "http://\u2603.invalid/v1",
        "http://\x00/v1",
    ],
)
def test_an_address_that_is_none_is_named(tmp_path: Path, address: str) -> None:
    told = why_not(tmp_path, address)
    assert told.startswith("The model scripted can't be asked: its address (base_url) ")


def test_an_address_that_is_none_does_not_tell_its_password(tmp_path: Path) -> None:
    assert "hunter2" not in why_not(tmp_path, "htp://ana:hunter2@127.0.0.1/v1")


def test_a_name_that_no_computer_has_is_told(tmp_path: Path) -> None:
    told = why_not(tmp_path, "http://no-such-host.invalid/v1", timeout=20)
    assert "can't be reached: no computer has that name (its address is base_url)." in told


@pytest.mark.parametrize("key", ["sk\none", "“sk-one”", "sk one", "sk\u200bone", "sk\x00one"])
def test_a_key_that_can_t_be_sent_is_named_and_not_shown(tmp_path: Path, key: str) -> None:
    with serving(GoodModel()) as endpoint:
        told = why_not(tmp_path, endpoint.url, api_key=key)
    assert endpoint.requests == []
    assert "its key (api_key) has a character that no key has" in told
    assert "one" not in told.partition("(api_key)")[0]
    assert key not in told


@pytest.mark.parametrize("key", ["sk-one\n", "  sk-one\r\n"])
def test_what_stands_around_a_key_is_no_part_of_it(tmp_path: Path, key: str) -> None:
    with serving(GoodModel()) as endpoint:
        shown = with_partner(configured(tmp_path, endpoint.url, api_key=key), summarise)
    assert shown.engine.fallback is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALL_PROXY", "socks5://127.0.0.1:1"),
        ("all_proxy", "socks4://127.0.0.1:1"),
        ("HTTP_PROXY", "ht!tp://127.0.0.1"),
        ("HTTPS_PROXY", "http://127.0.0.1:1:2"),
        ("SSL_CERT_FILE", "/no/such/file.pem"),
        ("SSL_CERT_FILE", __file__),
    ],
)
def test_what_the_environment_has_wrong_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with serving(GoodModel()) as endpoint:
        told = why_not(tmp_path, endpoint.url)
    assert name.upper() in told
    assert endpoint.requests == []


def test_a_proxy_that_refuses_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda request: Reply(status=403)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url.removesuffix("/v1"))
        told = why_not(tmp_path, "https://models.invalid/v1")
    assert "can't be reached: the proxy refuses (HTTP_PROXY or HTTPS_PROXY or ALL_PROXY" in told


def test_https_where_there_is_none_is_told(tmp_path: Path) -> None:
    with serving(GoodModel()) as endpoint:
        told = why_not(tmp_path, endpoint.url.replace("http:", "https:"))
    assert "does not speak https (its address is base_url)" in told


def test_what_is_mended_is_used_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def mended(partner: DiscussionPartner, topic: int) -> list[str | None]:
        told: list[str | None] = []
        for _ in range(5):
            told.append((await partner.summarise(topic)).engine.fallback)
        monkeypatch.delenv("SSL_CERT_FILE")
        return [*told, (await partner.summarise(topic)).engine.fallback]

    monkeypatch.setenv("SSL_CERT_FILE", "/no/such/file.pem")
    with serving(GoodModel()) as endpoint:
        *told, last = with_partner(configured(tmp_path, endpoint.url), mended)
    assert len(set(told)) == 1
    assert "has been away" not in str(told)
    assert last is None


class OwnServer:
    """A server that Moot runs itself, as far as it is asked."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint

    async def start(self) -> Endpoint:
        return self.endpoint

    async def stop(self) -> None:
        """Nothing to do."""


def test_what_is_said_to_a_model_on_this_computer_goes_through_no_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def work(url: str) -> None:
        endpoint = Endpoint("scripted", "model.gguf", timeout=5)
        chat = Chat(Server(endpoint, runner=OwnServer(replace(endpoint, base_url=url))))
        assert (await chat.ask(REQUEST, Shape, Meter(), SCHEMA))[0].words == "fine"
        await chat.close()

    with serving(lambda request: Reply(GOOD)) as own, serving(lambda request: Reply()) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
        asyncio.run(work(own.url))
    assert proxy.requests == []
