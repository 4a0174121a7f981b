"""The news of a topic where no model says which views are new.

The quotes engine shows a few sentences of each person over the whole of a topic. To somebody who
comes back it has to show a few of what each said since, whatever stands for them in the summary.
"""

from dataclasses import replace

from bot.core.arrangement import Arrangement
from bot.core.changes import parted
from bot.core.state import TopicState, assemble
from bot.engines import Engine


async def choose_anew(state: TopicState, since: str, engine: Engine) -> TopicState:
    """The state in which what was said since a message is chosen, and stands, by itself.

    On which questions it is said is left open: alone it would seem to speak to the first of its
    own. Raises NotFound where the topic has no such message.
    """
    _, later = parted(state, since)
    there = {message.source_id for message in later}
    notes = {kept.id: kept for kept in state.notes.values() if kept.note.message in there}
    alone = assemble(state.topic, later, list(notes.values()), Arrangement())
    chosen = await engine.group(alone, alone.pending)
    standing = {id_: each for id_, each in state.arrangement.placements.items() if id_ not in notes}
    placements = {**standing, **{each.note: each for each in chosen.placements}}
    return assemble(
        state.topic,
        list(state.messages.values()),
        list(state.notes.values()),
        replace(state.arrangement, placements=placements),
    )
