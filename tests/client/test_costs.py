"""Where asking costs something: who pays, how often, how much, and what is said at an end."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.archive import SpentBy
from bot.client import create_bot
from bot.client.cooldown import TOOK_BACK, Cooldown, TooSoon
from bot.config import BudgetConfig, Config, DatabaseConfig, LLMConfig
from tests.client.tea import Tea, tea
from tests.client.test_contest import RENT, contested
from tests.client.world import World, shown
from tests.endpoint import Endpoint, Reply, serving
from tests.engines.llm.world import GoodModel

pytestmark = pytest.mark.anyio
LIMIT = 30_000


class Clock:
    """Seconds that a test counts."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Model(GoodModel):
    """Refuses from the moment that a test says so."""

    refuses = False
    is_away = False

    def __call__(self, request: dict[str, Any]) -> Reply:
        reply = super().__call__(request)
        if self.is_away:
            return Reply(status=503, body=b"{}")
        reply.usage = {"prompt_tokens": 900, "completion_tokens": 100}
        return Reply(None, refusal="I won't read that.") if self.refuses else reply


@pytest.fixture
def model() -> Model:
    return Model()


@pytest.fixture
def endpoint(model: Model) -> Iterator[Endpoint]:
    with serving(model) as opened:
        yield opened


@pytest.fixture
def config(tmp_path: Path, endpoint: Endpoint) -> Config:
    """A model that reads all at once, a limit for the server, and prices."""
    return Config(
        database=DatabaseConfig(path=tmp_path / "moot.db"),
        llm=LLMConfig(
            model="scripted",
            base_url=endpoint.url,
            context=32_000,
            price_prompt=1.0,
            price_completion=10.0,
            currency="EUR",
        ),
        budget=BudgetConfig(server_day_tokens=LIMIT),
    )


@pytest.fixture
def clock(world: World) -> Clock:
    clock = Clock()
    world.bot.cooldown = Cooldown(5, clock)
    return clock


async def test_who_asked_pays_and_the_host_sees_it(world: World, clock: Clock) -> None:
    scene = await tea(world)
    role = world.guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    host = world.person("hana", role)
    await scene.late.slash(scene.thread, "summary")
    await scene.late.slash(scene.thread, "suggest")

    status = shown(await host.slash(world.channel(), "moot status"))

    server, late = str(world.guild.id), str(scene.late.id)
    (spent,) = await world.bot.partner.spent([SpentBy.SERVER, SpentBy.PERSON])
    assert (spent.server, spent.person) == (server, late)
    calls = spent.usage.calls
    money = f"{calls * 1900 / 1_000_000:.4f} EUR"
    assert f"**Spent today (UTC)** {calls:,},000 of 30,000 tokens · {money}" in status
    assert f"**Spent this month (UTC)** {calls:,},000 tokens · {money}" in status
    assert f"**By person** <@{late}> {calls:,},000" in status
    assert "**For** " in status
    assert "summaries 1,000" in status
    assert "no price" not in status


async def test_a_budget_that_is_used_up_is_named_on_the_card(world: World, model: Model) -> None:
    scene = await tea(world)
    world.bot.cooldown = Cooldown(0)
    asked = 0
    while "has no room" not in (card := shown(await scene.late.slash(scene.thread, "suggest"))):
        asked = len(model.asked)
        assert asked < LIMIT / 1000

    assert "[Edit and post]" in card
    assert "the model did not answer: This server's budget of 30,000 tokens a day has no" in card
    assert len(model.asked) == asked


async def test_a_refusal_is_named_on_the_card(world: World, model: Model) -> None:
    scene = await tea(world)
    model.refuses = True

    card = shown(await scene.late.slash(scene.thread, "summary"))

    assert "the model did not answer: The model refused: it would not answer" in card
    assert "read 5 of 5 messages" in card


async def test_who_asks_again_at_once_is_told_how_long_to_wait(
    world: World, model: Model, clock: Clock
) -> None:
    scene = await tea(world)
    first = await scene.late.slash(scene.thread, "ask", question="What did the rent do?")
    asked = len(model.asked)
    clock.now = 1.6

    again = await scene.late.slash(scene.thread, "suggest")
    other = await scene.people["mira"].slash(scene.thread, "ask", question="And the tea?")
    clock.now = 5
    later = await scene.late.slash(scene.thread, "suggest")

    assert "wait" not in shown(first)
    assert again.ephemeral
    assert shown(again) == "You asked just now: wait 3 s, then ask again."
    assert "wait" not in shown(other)
    assert "[Edit and post]" in shown(later)
    assert model.asked[:asked] == ["answer"]
    assert model.asked[asked:].count("answer") == 1
    assert "suggest" in model.asked[asked:]


@pytest.mark.parametrize("what", ["Refresh", "Suggest a reply"])
async def test_buttons_that_ask_a_model_wait_as_well(
    world: World, clock: Clock, model: Model, what: str
) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")

    async def press() -> str:
        if what == "Refresh":
            return shown(await scene.late.select(card.response, ["refresh"]))
        return shown(await scene.late.click(card.response, label=what))

    assert "wait" not in await press()
    asked = len(model.asked)

    assert "wait 5 s" in await press()
    assert len(model.asked) == asked


async def test_who_catches_up_waits_as_well(world: World, clock: Clock) -> None:
    scene = await tea(world)
    await scene.late.slash(scene.thread, "summary")
    await scene.people["mira"].send(scene.thread, "Rents fall again, I have read.")
    first = await scene.late.slash(scene.thread, "catchup")

    again = await scene.late.slash(scene.thread, "catchup")

    assert "wait" not in shown(first)
    assert "wait 5 s" in shown(again)


async def test_what_cost_nothing_anew_may_be_looked_at_as_often_as_one_likes(
    world: World, clock: Clock
) -> None:
    scene = await tea(world)
    for _ in range(3):
        assert "read 5 of 5 messages" in shown(await scene.late.slash(scene.thread, "summary"))


@pytest.mark.parametrize("command", ["suggest", "ask", "catchup", "refresh"])
async def test_whom_no_model_answered_need_not_wait(
    world: World, clock: Clock, model: Model, command: str
) -> None:
    scene = await tea(world)
    card = await scene.late.slash(scene.thread, "summary")

    async def ask() -> str:
        await scene.people["mira"].send(scene.thread, "Rents fall again, I have read.")
        if command == "refresh":
            return shown(await scene.late.select(card.response, ["refresh"]))
        more = {"question": "What of the rent?"} if command == "ask" else {}
        return shown(await scene.late.slash(scene.thread, command, **more))

    model.is_away = True
    assert "the model did not answer: The model scripted answered 503" in await ask()
    model.is_away = False
    assert "written with AI" in await ask()
    assert "wait 5 s" in await ask()


async def test_who_takes_words_back_waits_before_they_do_so_again(world: World) -> None:
    """Each time answers that are being written begin anew, at the cost of those who asked."""
    scene, clock = await tea(world), Clock()
    world.bot.taking_back = Cooldown(5, clock, TOOK_BACK)
    ines = scene.people["ines"]
    card = await ines.slash(scene.thread, "summary")

    assert "Nothing rests on 1 sentence of yours" in shown(await contested(ines, card, RENT))
    clock.now = 2
    assert "2 messages of yours erased" in await taken_back(scene, "tomas", "Erase")
    assert await taken_back(scene, "ines", "Erase") == TOOK_BACK.format(left=3)
    assert await taken_back(scene, "ines", "Opt out") == TOOK_BACK.format(left=3)
    clock.now = 5
    assert "1 message of yours erased" in await taken_back(scene, "ines", "Erase")


async def test_what_was_not_there_costs_no_pause(world: World, clock: Clock) -> None:
    scene = await tea(world)
    missing = await scene.late.slash(scene.thread, "suggest", topic="4711")
    found = await scene.late.slash(scene.thread, "suggest")
    assert "There is no such topic" in shown(missing)
    assert "[Edit and post]" in shown(found)


async def test_a_person_finds_what_was_asked_for_them_among_their_data(
    world: World, clock: Clock
) -> None:
    scene = await tea(world)
    await scene.late.slash(scene.thread, "summary")
    card = await scene.late.slash(scene.thread, "privacy")
    sent = await scene.late.click(card.response, label="Send me my data")
    assert sent.response is not None
    (file,) = sent.response.attachments
    purposes = {row["purpose"] for row in json.loads(await file.read())["asked_of_models"]}
    assert "brief" in purposes


def test_a_pause_is_each_persons_own_and_ends() -> None:
    clock = Clock()
    cooldown = Cooldown(5, clock)
    cooldown.start(1)
    cooldown.start(2)
    for clock.now in (0.0, 4.9):
        with pytest.raises(TooSoon):
            cooldown.start(1)
    clock.now = 5.0
    cooldown.start(1)
    assert len(cooldown._free_at) == 1


def test_without_a_model_nobody_waits() -> None:
    bot = create_bot(Config())
    for _ in range(3):
        bot.cooldown.start(1)


async def taken_back(scene: Tea, name: str, how: str) -> str:
    """What somebody is told who presses a button of their card, and then that they mean it."""
    person = scene.people[name]
    card = await person.slash(scene.thread, "privacy")
    sure = await person.click(card.response, label=how)
    return shown(await person.click(sure.response, label="Yes, do it"))
