"""What a person is shown of their own data, and the buttons that do something about it."""

import discord
from discord import ui

from bot.client.views.ids import Act, custom_id
from bot.client.views.layout import Button, Layout, button, card, notice, words
from bot.client.views.words import number

KEPT = (
    "Of who writes in a channel that a host has chosen, Moot keeps the messages, the notes that "
    "were made of them, how far they have seen a topic, and what a model was asked for them. A "
    "model, where the host has set one up, reads the messages. Where others quote you in their own "
    "messages, that stays theirs."
)
OUT = (
    "**You have opted out.** Nothing that you write is kept or sent to a model; it only counts as "
    "left out. Opting in starts with what you write from then on."
)


def privacy_card(messages: int, topics: int, *, is_out: bool) -> Layout:
    """What is kept about the one who asks, and what they can do."""
    kept = f"Of you: {number(messages, 'message')} in {number(topics, 'topic')}."
    text = f"## Your words, here\n{KEPT}\n\n{OUT if is_out else kept}"
    out = (button("Opt in", custom_id(Act.OPTIN)),)
    kept_on = (_grave("Opt out", custom_id(Act.OPTOUT)), _grave("Erase", custom_id(Act.ERASE)))
    data = button("Send me my data", custom_id(Act.EXPORT))
    return card([words(text)], [[data, *(out if is_out else kept_on)]])


def sure(act: Act) -> Layout:
    """Asks once more before something that can't be undone."""
    told = {
        Act.OPTOUT: "All that is kept of you goes for good, from every topic, and nothing that you "
        "write is kept from then on.",
        Act.ERASE: "All that is kept of you goes for good, from every topic. What you write from "
        "then on is kept again.",
    }
    confirm = {Act.OPTOUT: Act.OPTOUTNOW, Act.ERASE: Act.ERASENOW}
    return notice(told[act], [_grave("Yes, do it", custom_id(confirm[act]))])


def _grave(label: str, id_: str) -> Button:
    made: Button = ui.Button(label=label, custom_id=id_, style=discord.ButtonStyle.danger)
    return made
