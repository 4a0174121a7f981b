"""A discussion that people had in a forum thread, kept, with somebody who comes late to it."""

from dataclasses import dataclass

from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from tests.client.world import World

SAID = (
    ("mira", "Should the tea house raise the price of a pot? I think costs leave us no choice."),
    ("tomas", "I disagree: a higher price drives the regulars away, and they keep us open."),
    ("ines", "The rent went up by a third this spring, so somebody has to pay for it."),
    ("tomas", "Has anybody counted how many pots we sell on a weekday?"),
    ("dov", "We should charge more for the rare teas and leave the house pot alone."),
)


@dataclass
class Tea:
    """The thread, its forum, and who is there. `late` has not written."""

    world: World
    forum: ChannelHandle
    thread: ChannelHandle
    late: MemberActor
    people: dict[str, MemberActor]
    topic: int

    @property
    def url(self) -> str:
        return f"https://discord.com/channels/{self.world.guild.id}/{self.thread.id}"


async def tea(world: World, forum: ChannelHandle | None = None, title: str = "The price") -> Tea:
    """The thread as it stands after five messages."""
    forum = forum or world.forum()
    people = {name: world.person(name) for name in dict.fromkeys(name for name, _ in SAID)}
    name, words = SAID[0]
    thread = await world.post(people[name], forum, title, words)
    for name, words in SAID[1:]:
        await people[name].send(thread, words)
    kept = await world.topic(thread)
    assert kept is not None
    return Tea(world, forum, thread, world.person("lena"), people, kept.id)
