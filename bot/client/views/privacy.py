"""What a person is shown of their own data, and the buttons that do something about it."""

from bot.client.views.ids import Act, custom_id
from bot.client.views.layout import Layout, button, card, notice, words
from bot.client.views.words import number

KEPT = (
    "Of who writes in a channel that a host has chosen, Moot keeps the messages, the notes that "
    "were made of them, and how far they have seen a topic. A model, where the host has set one "
    "up, reads the messages. Where others quote you in their own messages, that stays theirs."
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
    kept_on = (
        button("Opt out", custom_id(Act.OPTOUT), grave=True),
        button("Erase", custom_id(Act.ERASE), grave=True),
    )
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
    return notice(told[act], [button("Yes, do it", custom_id(confirm[act]), grave=True)])
