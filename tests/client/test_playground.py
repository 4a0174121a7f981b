"""The server that the demo opens in a browser, without the browser."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.cli.demo import sample
from bot.client.playground import NEWCOMER, Playground, begun, opened, play
from bot.client.views.cited_text import visible_length
from bot.config import Config
from bot.core.model import Thread
from tests.client.world import shown

pytestmark = pytest.mark.anyio


@pytest.fixture
def thread() -> Thread:
    """The sample topic, as `moot demo` has it."""
    return sample()


@pytest.fixture
async def ground(config: Config) -> AsyncIterator[Playground]:
    """The server, before anything is posted in it."""
    async with opened(config) as ground:
        yield ground


async def test_the_bot_keeps_the_thread_as_it_would_on_discord(
    ground: Playground, thread: Thread
) -> None:
    async with begun(ground, thread):
        (topic,) = await ground.bot.partner.topics()
        kept = await ground.bot.partner.messages(topic.id)

    assert (topic.topic.source, topic.topic.title) == ("discord", thread.topic.title)
    assert [(each.author.name, each.content) for each in kept] == [
        (each.author.name, each.content) for each in thread.messages
    ]
    ours = {each.source_id: place for place, each in enumerate(thread.messages)}
    theirs = {each.source_id: place for place, each in enumerate(kept)}
    assert [theirs.get(each.reply_to or "") for each in kept] == [
        ours.get(each.reply_to or "") for each in thread.messages
    ]


async def test_it_has_just_come_to_its_end(ground: Playground, thread: Thread) -> None:
    async with begun(ground, thread):
        (topic,) = await ground.bot.partner.topics()
        first, *_, last = await ground.bot.partner.messages(topic.id)

    assert first.posted_at
    assert last.posted_at
    assert abs(datetime.now(UTC) - last.posted_at) < timedelta(minutes=1)
    assert round((last.posted_at - first.posted_at) / timedelta(minutes=1)) == 9 * 60 + 43


async def test_whoever_comes_late_asks_and_the_host_may_set_it_up(
    ground: Playground, thread: Thread
) -> None:
    async with begun(ground, thread) as preview:
        late, *others, host = preview.viewers
        summary = await late.slash(preview.channel, "summary")
        status = await host.slash(preview.channel, "moot status")
        with pytest.raises(Exception, match="moot"):
            await late.slash(preview.channel, "moot status")

    assert late.user.global_name == NEWCOMER.name
    assert len(others) == 6
    assert "cites 6 of 6 people" in shown(summary)
    assert "1 topic · 12 messages" in shown(status)


async def test_it_plays_what_a_model_answered_once_in_half_a_minute_of_reading(
    config: Config, thread: Thread
) -> None:
    async with opened(config, recorded=True) as ground, begun(ground, thread) as preview:
        late = preview.viewers[0]
        summary = shown(await late.slash(preview.channel, "summary"))
        drafts = shown(await late.slash(preview.channel, "suggest"))

    card = summary.partition("\n[Who said what]")[0]
    assert "written with AI" in card
    assert "cites 6 of 6 people" in card
    assert visible_length(card) <= 1_500
    assert "written with AI" in drafts


async def test_it_says_where_it_is_only_when_it_can_be_visited(
    config: Config, thread: Thread
) -> None:
    told: asyncio.Queue[str] = asyncio.Queue()
    playing = asyncio.create_task(play(config, thread, told.put_nowait))
    address = await asyncio.wait_for(told.get(), 30)
    port = int(address.split(":")[2].split("/")[0])
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()

    playing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await playing
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)
