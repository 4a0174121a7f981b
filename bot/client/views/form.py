"""The forms in which a person makes a draft theirs before it is posted, or asks a question.

A form's id names the draft or the topic, and its words come back with the press: it works after a
restart.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import discord
from discord import ui

from bot.client.views.ids import Act, custom_id

MESSAGE_LENGTH = 2_000
"""Characters of a message that a person may post."""
QUESTION_LENGTH = 300
FIELD = "text"


def reply_form(draft: int, text: str) -> ui.Modal:
    """The draft, to be changed and sent."""
    form = ui.Modal(title="Your reply", custom_id=custom_id(Act.POST, draft))
    words: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=FIELD,
        style=discord.TextStyle.paragraph,
        default=text[:MESSAGE_LENGTH],
        max_length=MESSAGE_LENGTH,
    )
    note = "Posted by Moot, marked as yours. You can remove it."
    form.add_item(ui.Label(text="What you want to say", description=note, component=words))
    form.stop()
    return form


def question_form(topic: int) -> ui.Modal:
    """A question to a discussion."""
    form = ui.Modal(title="Ask a question", custom_id=custom_id(Act.ASK, topic))
    words: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=FIELD, min_length=3, max_length=QUESTION_LENGTH
    )
    note = "Answered from this discussion, for you alone."
    form.add_item(ui.Label(text="What you want to know", description=note, component=words))
    form.stop()
    return form


def typed(components: list[Mapping[str, Any]]) -> str:
    """What a person typed into the form that Discord sent back."""
    return next(iter(filled(components, FIELD)), "")


def filled(components: list[Mapping[str, Any]], field: str) -> Iterator[str]:
    """What a person typed into, or chose in, a field of a form that Discord sent back."""
    for each in components:
        if each.get("custom_id") == field:
            yield from each.get("values") or filter(None, (each.get("value"),))
        yield from filled(each.get("components", []), field)
        yield from filled([each["component"]] if "component" in each else [], field)
