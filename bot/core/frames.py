"""The few words that follow the quotes in a reply draft: English, whatever the thread's language.

Each must fit any sentence that it may follow, so it claims nothing about the quote, neither that
it is right nor that two quotes contradict each other. `{one}` and `{other}` are names.
"""

QUESTION = (
    "{other}, what would you answer {one}?",
    "{other}, how would you answer this?",
    "{other}, can you say something on this?",
)
"""To put a question to the person whose words are nearest to it."""

QUESTION_ALONE = (
    "Who can answer this?",
    "Can somebody here answer {one}?",
    "{one}, what would your own answer be?",
)
"""To bring a question up where nobody has written on its matter."""

VIEW = (
    "{one}, do you have an example of this?",
    "{one}, what would follow from this?",
    "{one}, can you say more about this?",
)
"""To take up what nobody replied to."""

EXCHANGE = (
    "{one}, {other}: what would have to be the case for both of these to hold?",
    "{one} and {other}, what could you both sign here?",
    "{one}, {other}: are you speaking of the same case here, or of two?",
)
"""To two people, without saying that they differ."""

UNANSWERED = "Nobody has answered this question yet."
UNREPLIED = "Nobody has replied to this."
ANSWERED_EACH_OTHER = "They have answered each other."
ONE_ANSWERED = "One of them has answered the other."
"""Why a place was chosen."""

ALL = (*QUESTION, *QUESTION_ALONE, *VIEW, *EXCHANGE)
