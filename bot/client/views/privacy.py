"""What a person is shown of their own data, and the buttons that do something about it."""

from bot.client.views.ids import Act, custom_id
from bot.client.views.layout import Layout, button, cancel_button, card, notice, words
from bot.client.views.setup import kept_for
from bot.client.views.words import number

KEPT = (
    "Of who writes in a channel that a host has chosen, Moot keeps the messages, the titles that "
    "they gave, the summaries that were made of them, how far they have seen a topic, and what a "
    "model was asked for them. A model, where the host has set one up, reads the messages. Where "
    "others quote you in their own messages, that stays theirs. If a summary misstates you, choose "
    "*This misstates me* in its menu."
)
OUT = (
    "**You have opted out.** Nothing that you write is kept or sent to a model; it only counts as "
    "left out. Opting in starts with what you write from then on."
)

APART = (
    "**Opt out** erases what is kept of you and ends the keeping. **Erase** erases it once; what "
    "you write afterwards is kept again."
)
SURE = {
    Act.OPTOUT: "**Opt out?** All that is kept of you goes for good, from every topic, and nothing "
    "that you write is kept or sent to a model from then on. You can opt in again, for what you "
    "write after that.",
    Act.ERASE: "**Erase?** All that is kept of you goes for good, from every topic. What you write "
    "from then on is kept again: to end that too, choose Opt out instead.",
}


def privacy_card(messages: int, topics: int, keep_days: int | None, *, is_out: bool) -> Layout:
    """What is kept about the one who asks, and what they can do."""
    size = f"{number(messages, 'message')} in {number(topics, 'topic')}"
    kept = f"Of you: {size}. In this server messages are kept {kept_for(keep_days)}."
    text = "\n\n".join((f"## Your words, here\n{KEPT}", *((OUT,) if is_out else (kept, APART))))
    out = (button("Opt in", custom_id(Act.OPTIN)),)
    kept_on = (
        button("Opt out", custom_id(Act.OPTOUT), grave=True),
        button("Erase", custom_id(Act.ERASE), grave=True),
    )
    data = button("Send me my data", custom_id(Act.EXPORT))
    return card([words(text)], [[data, *(out if is_out else kept_on)]])


def sure(act: Act) -> Layout:
    """Asks once more before something that can't be undone."""
    confirm = {Act.OPTOUT: Act.OPTOUTNOW, Act.ERASE: Act.ERASENOW}
    yes = button("Yes, do it", custom_id(confirm[act]), grave=True)
    return notice(SURE[act], [yes, cancel_button()])
