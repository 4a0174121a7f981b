"""A server that is down, or answers with rubbish, costs nobody their summary."""

import asyncio
from pathlib import Path

import pytest

from bot.assembly import build_partner
from bot.config import Config, DatabaseConfig, LLMConfig
from bot.core.summary import Summary
from bot.partner import DiscussionPartner
from tests.endpoint import Reply, serving
from tests.engines.llm.world import configured, with_partner
from tests.partner.world import HATS, THREAD

NOBODY = "http://127.0.0.1:9/v1"
"""The port `discard`: nobody listens there."""


def _summary(path: Path, url: str) -> Summary:
    config = Config(
        database=DatabaseConfig(path=path),
        llm=LLMConfig(model="scripted", base_url=url, timeout=2),
    )

    async def asked() -> Summary:
        async with build_partner(config) as partner:
            topic = (await partner.record(HATS, THREAD)).topic_id
            return await partner.summarise(topic)

    return asyncio.run(asked())


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=401, body=b'{"error": {"message": "no such key"}}'),
        Reply(body=b"<html>Sign in</html>", content_type="text/html"),
        Reply("Of course! Here is the brief:"),
    ],
)
def test_quotes_stand_in_for_a_server_that_is_of_no_use(path: Path, reply: Reply) -> None:
    with serving(lambda request: reply) as endpoint:
        summary = _summary(path, endpoint.url)
    assert endpoint.requests
    assert summary.engine.name == "quotes"
    assert summary.engine.fallback
    assert summary.receipt.cited == 3


def test_a_server_that_stays_away_is_not_asked_by_everybody_who_asks(path: Path) -> None:
    broken = Reply(status=503, body=b'{"error": {"message": "overloaded"}}')

    async def ask_often(partner: DiscussionPartner, topic: int) -> list[str | None]:
        return [(await partner.summarise(topic)).engine.fallback for _ in range(6)]

    with serving(lambda request: broken) as endpoint:
        told = with_partner(configured(path.parent, endpoint.url), ask_often)
    assert len(endpoint.requests) == 3 * 2
    assert all("answered 503" in (each or "") for each in told[:3])
    assert all("has been away since" in (each or "") for each in told[3:])


def test_quotes_stand_in_for_a_server_that_is_not_there(path: Path) -> None:
    summary = _summary(path, NOBODY)
    assert summary.engine.fallback
    assert summary.receipt.cited == 3
