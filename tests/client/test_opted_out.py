"""Of who opted out no word and no name is in any answer, nor in anything that a model is sent."""

from pathlib import Path

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from bot.config import Config, DatabaseConfig, LLMConfig
from tests.archive.files import bytes_of, terms_of
from tests.client.tea import tea
from tests.client.test_secrets import running
from tests.client.world import World, shown
from tests.endpoint import serving
from tests.engines.llm.world import GoodModel

pytestmark = pytest.mark.anyio
SECRET = "zzyzxian"
"""A word that only he who opts out says."""


@pytest.mark.parametrize("way", ["opt_out", "erase"])
async def test_no_command_shows_them_and_no_model_hears_of_them(tmp_path: Path, way: str) -> None:
    path = tmp_path / "moot.db"
    with serving(GoodModel()) as endpoint:
        llm = LLMConfig(model="scripted", base_url=endpoint.url, context=32_000)
        async with running(Config(database=DatabaseConfig(path=path), llm=llm)) as world:
            scene, quux = await tea(world), world.person("quuxabella")
            await said_in_every_way(world, quux, scene.thread, scene.forum, scene.people["dov"])
            before = await everything(world, scene.late, scene.thread, scene.topic)
            assert SECRET in before
            assert "quuxabella" in before
            assert SECRET in str(endpoint.requests)

            await getattr(world.bot.partner, way)("discord", str(quux.id))
            if way == "opt_out":
                await quux.send(scene.thread, f"The {SECRET} pots again.")
                await world.post(quux, scene.forum, f"More {SECRET} pots", f"So {SECRET}.")
            endpoint.requests.clear()
            after = await everything(world, scene.late, scene.thread, scene.topic)

            assert SECRET not in after
            assert "quuxabella" not in after
            assert SECRET not in str(endpoint.requests)
            assert "quuxabella" not in str(endpoint.requests)
            assert SECRET.encode() not in bytes_of(path)
            assert b"quuxabella" not in bytes_of(path)
            assert SECRET not in terms_of(path)


async def test_a_quote_of_them_is_never_anybodys_view(world: World) -> None:
    scene, quux = await tea(world), world.person("quuxabella")
    words = f"I think that the {SECRET} pots should cost twice as much."
    await quux.send(scene.thread, words)
    ole = world.person("ole")
    await ole.send(scene.thread, f"> {words}\nThat would be far too much for me.")
    await world.bot.partner.opt_out("discord", str(quux.id))

    card = await scene.late.slash(scene.thread, "summary")
    asked = await scene.late.slash(scene.thread, "ask", question=f"What should {SECRET} pots cost?")
    drafts = await scene.late.slash(scene.thread, "suggest")

    assert "far too much" in shown(await scene.late.click(card.response, label="Who said what"))
    body = "\n".join(line for line in shown(asked).splitlines() if not line.startswith("###"))
    assert not any(SECRET in each for each in (shown(card), body, shown(drafts)))


@pytest.mark.parametrize("is_kept", [True, False], ids=["kept", "elsewhere"])
@pytest.mark.parametrize("is_first", [True, False], ids=["before", "after"])
async def test_what_others_forward_of_them_is_not_kept(
    world: World, is_kept: bool, is_first: bool
) -> None:
    scene, quux = await tea(world), world.person("quuxabella")
    where = scene.thread if is_kept else world.channel("elsewhere", chosen=False)
    message = await quux.send(where, f"The {SECRET} pots are mine.")
    assert message is not None
    if is_first:
        await world.bot.partner.opt_out("discord", str(quux.id))
    await scene.people["dov"].forward(message, scene.thread)
    if not is_first:
        assert any(
            each == f"dov: > The {SECRET} pots are mine." for each in await world.kept(scene.thread)
        )
        await world.bot.partner.opt_out("discord", str(quux.id))
    async with world.absence():
        pass

    assert not any(SECRET in each for each in await world.kept(scene.thread))
    assert SECRET.encode() not in bytes_of(world.bot.config.database.path)
    card = shown(await scene.late.slash(scene.thread, "summary"))
    assert f"{1 + is_kept} by people who opted out" in card


async def said_in_every_way(
    world: World, quux: MemberActor, thread: ChannelHandle, forum: ChannelHandle, dov: MemberActor
) -> None:
    """Posts, is replied to, opens a topic, and has Moot post a draft for them."""
    first = await quux.send(thread, f"I think that the {SECRET} pots should cost twice as much.")
    await dov.send(thread, "That would be far too much for me.", reply_to=first)
    await world.post(quux, forum, f"On {SECRET} pots", f"Are {SECRET} pots worth it?")
    drafts = await quux.slash(thread, "suggest")
    form = await quux.click(drafts.response, custom_id="moot:edit:1:0")
    await quux.submit_modal(form, {"text": f"What about {SECRET} cups, then?"})


async def everything(world: World, person: MemberActor, thread: ChannelHandle, topic: int) -> str:
    """All that somebody who comes late gets to see, by every command."""
    card = await person.slash(thread, "summary")
    seen = [
        card,
        await person.click(card.response, label="Who said what"),
        await person.slash(thread, "suggest"),
        await person.slash(thread, "ask", question="What should the pots cost?"),
        await person.slash(thread, "topic show"),
        await person.slash(thread, "topic list"),
        await person.slash(thread, "topic search", words="pots"),
    ]
    offered = await person.autocomplete(thread, "summary", "topic", "")
    discussion = await world.bot.partner.discussion(topic)
    return "\n".join((*map(shown, seen), str(offered), repr(discussion.messages)))
