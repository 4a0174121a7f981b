"""The few words that stand around quotes in a suggested reply: English, whatever the thread's.

Each must fit any sentence that it may follow, so it claims nothing about the quote, neither that
it is right nor that two quotes contradict each other. `{one}` and `{other}` are names.
"""

ASK = (
    "{one}, what led you to that? An example would help me follow it.",
    "Could you say more about this, {one}? I'd like to understand it before I answer.",
    "I keep coming back to this, {one}. What should I look at to see it the way you do?",
    "{one}, where have you seen this play out? I'd like to hear the story behind it.",
)
"""For more about what somebody said."""

BRIDGE = (
    "{one}, {other}: how does each of you see the other's point? "
    "I'd like to know what you would both sign.",
    "I'd like to read these two together. {one}, what do you take from what {other} wrote, "
    "and {other}, what from {one}?",
    "{one} and {other}, are you talking about the same case here? "
    "If not, when does the one hold and when the other?",
)
"""Between two people, without saying that they differ."""

BUILD = (
    "I'd like to take this up before the thread moves on. "
    "{one}, what would follow from it in practice?",
    "Let's start from here for a moment. {one}, what should the rest of us look at first?",
    "I think there is more in this. {one}, what would be the next step from here?",
)
"""To go on from what somebody said."""

OPEN_QUESTION = (
    "I don't see an answer to this yet. {other}, going by what you wrote, what would you say?",
    "{one}'s question is still open. {other}, how would you answer it?",
)
"""To bring a question that nobody answered before somebody who may know."""

OPEN_QUESTION_ALONE = "{one}, I don't see an answer to this yet. What have you found so far?"
"""The same where nobody else has written."""
