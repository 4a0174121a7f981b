"""What a model wrote in sight of a message, or under a title, goes when that is taken back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from bot.config import Config, DatabaseConfig, LLMConfig
from tests.archive.files import bytes_of
from tests.client.test_secrets import running
from tests.client.world import World, shown
from tests.endpoint import serving
from tests.engines.llm.world import GoodModel

pytestmark = pytest.mark.anyio
CANARY = "zzyzxian"
SECOND = "I think that this would be far too much money."
ways = pytest.mark.parametrize("way", ["delete", "edit", "opt_out", "erase"])


class Contextual(GoodModel):
    """Says what "this" is, as a careful model would: the talk is of the message before."""

    def on_brief(self, content: str) -> Any:
        answer = super().on_brief(content)
        if CANARY in content:
            (*_, last) = [each for each in content.splitlines() if SECOND in each]
            id_ = last.partition(" ")[0]
            answer["lead"] = f"The {CANARY} pots **would cost far too much money** [{id_}]."
        return answer


@dataclass
class Scene:
    """A thread in which somebody wrote the canary, another answered, and a third reads on."""

    world: World
    thread: ChannelHandle
    lobby: ChannelHandle
    quux: MemberActor
    ole: MemberActor
    first: discord.Message
    topic: int

    async def summary(self) -> str:
        return shown(await self.ole.slash(self.lobby, "summary", topic=str(self.topic)))

    async def take_back(self, way: str) -> None:
        if way == "delete":
            await self.quux.delete(self.first)
        elif way == "edit":
            await self.world.env.advance_time(60)
            await self.quux.edit(self.first, "I think that they should cost twice as much.")
        else:
            with self.world.env._bot_scope():
                await getattr(self.world.bot.partner, way)("discord", str(self.quux.id))
            await self.world.env.settle()


@asynccontextmanager
async def scene(path: Path, *, reply: bool) -> AsyncIterator[Scene]:
    with serving(Contextual()) as endpoint:
        llm = LLMConfig(model="scripted", base_url=endpoint.url, context=32_000)
        async with running(Config(database=DatabaseConfig(path=path), llm=llm)) as world:
            quux, dov, ole = world.person("quux"), world.person("dov"), world.person("ole")
            thread = await world.post(ole, world.forum(), "Pots", "I think we should talk of pots.")
            first = await quux.send(thread, f"I think the {CANARY} pots should cost twice as much.")
            await dov.send(thread, SECOND, **({"reply_to": first} if reply else {}))
            kept = await world.topic(thread)
            assert kept is not None
            lobby = world.channel("lobby", chosen=False)
            yield Scene(world, thread, lobby, quux, ole, first, kept.id)


@ways
@pytest.mark.parametrize("reply", [True, False], ids=["a reply", "the next message"])
async def test_a_statement_goes_that_cites_another_message(
    tmp_path: Path, way: str, reply: bool
) -> None:
    path = tmp_path / "moot.db"
    async with scene(path, reply=reply) as it:
        assert f"The {CANARY} pots" in await it.summary()

        await it.take_back(way)

        assert CANARY not in await it.summary()
        assert CANARY.encode() not in bytes_of(path)


@ways
async def test_and_the_shared_card_that_shows_it(tmp_path: Path, way: str) -> None:
    async with scene(tmp_path / "moot.db", reply=False) as it:
        card = await it.ole.slash(it.lobby, "summary", topic=str(it.topic))
        await it.ole.click(card.response, label="Share here")
        assert CANARY in shown(it.lobby.last_message)

        await it.take_back(way)

        assert CANARY not in shown(it.lobby.last_message)
        assert CANARY not in shown(card)


@pytest.mark.parametrize("way", ["opt_out", "erase"])
async def test_a_lead_goes_with_the_title_that_it_was_made_of(tmp_path: Path, way: str) -> None:
    """Who opened the thread wrote nothing in it that anything could rest on."""
    path, model = tmp_path / "moot.db", GoodModel()
    model.instead["brief"] = f'{{"lead": "It is about the {CANARY} divorce [2.1]."}}'
    with serving(model) as endpoint:
        llm = LLMConfig(model="scripted", base_url=endpoint.url, context=32_000)
        async with running(Config(database=DatabaseConfig(path=path), llm=llm)) as world:
            quux, dov = world.person("quux"), world.person("dov")
            thread = await world.thread(quux, world.channel("talk"), f"My {CANARY} divorce")
            await dov.send(thread, "I think that you should take all the time that you need.")
            await dov.send(thread, f"I think that the {CANARY} divorce needs it.")
            kept, lobby = await world.topic(thread), world.channel("lobby", chosen=False)
            assert kept is not None
            before = shown(await dov.slash(lobby, "summary", topic=str(kept.id)))
            assert "It is about" in before

            del model.instead["brief"]
            await getattr(world.bot.partner, way)("discord", str(quux.id))

            after = shown(await dov.slash(lobby, "summary", topic=str(kept.id)))
            assert "It is about" not in after
            assert "divorce](" not in after
