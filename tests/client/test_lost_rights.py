"""Somebody loses the right to read a topic while their answer is being made."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from simcord.backend.models import Overwrite

from bot.partner import DiscussionPartner
from tests.client.tea import Tea, tea
from tests.client.world import World, shown

pytestmark = pytest.mark.anyio

COMMANDS: list[tuple[str, dict[str, str]]] = [
    ("summary", {}),
    ("suggest", {}),
    ("ask", {"question": "Who pays the rent?"}),
]


class Slow:
    """A partner in whose drafting something happens."""

    def __init__(
        self, partner: DiscussionPartner, meanwhile: Callable[[], Awaitable[None]]
    ) -> None:
        self._partner = partner
        self._meanwhile = meanwhile

    def __getattr__(self, name: str) -> Any:
        return getattr(self._partner, name)

    async def summarise(self, *given: Any, **named: Any) -> Any:
        return await self._interrupted(self._partner.summarise, *given, **named)

    async def suggest(self, *given: Any, **named: Any) -> Any:
        return await self._interrupted(self._partner.suggest, *given, **named)

    async def ask(self, *given: Any, **named: Any) -> Any:
        return await self._interrupted(self._partner.ask, *given, **named)

    async def _interrupted(
        self, use: Callable[..., Awaitable[Any]], *given: Any, **named: Any
    ) -> Any:
        result = await use(*given, **named)
        await self._meanwhile()
        return result


@pytest.mark.parametrize(("command", "options"), COMMANDS)
async def test_nothing_is_shown_to_who_may_no_longer_read_it(
    world: World, command: str, options: dict[str, str]
) -> None:
    scene = await tea(world)
    hide_meanwhile(world, scene)

    answer = await scene.late.slash(scene.thread, command, **options)

    assert "no such topic here that you may read" in shown(answer)
    assert "rent went up" not in shown(answer)


async def test_nor_is_it_shared_with_others(world: World) -> None:
    scene = await tea(world)
    lobby = world.channel()
    card = await scene.late.slash(lobby, "summary", topic=str(scene.topic))
    hide_meanwhile(world, scene)

    await scene.late.click(card.response, label="Share here")

    assert lobby.last_message is None


def hide_meanwhile(world: World, scene: Tea) -> None:
    """The late one loses the right to read the forum once a draft is made."""

    async def hide() -> None:
        flags = {"target_id": scene.late.id, "type": 1, "allow": 0, "deny": 1 << 10}
        world.env.backend.set_overwrite(scene.forum.id, Overwrite(**flags))

    world.bot.partner = Slow(world.bot.partner, hide)  # type: ignore[assignment]
