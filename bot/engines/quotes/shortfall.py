"""Why there are fewer places to join than somebody asked for."""

from bot.core.summary import Intent
from bot.engines import Material, Wanted
from bot.engines.quotes.questions import open_questions
from bot.engines.quotes.talk import Talk

EMPTY = "There is nothing to reply to yet."
ALONE = "Nobody else has written here yet."
OWN_QUESTION = "The only open question here is your own."
OWN_QUESTIONS = "The open questions here are all your own."
NONE = {
    Intent.ASK: "No question is open here.",
    Intent.BUILD: "Every view of others here has had a reply.",
    Intent.BRIDGE: "No two others have answered each other here.",
    None: "Nothing that others say here waits for a reply.",
}
"""Where there is no place for what the reply is to do; for nothing certain under None."""
FEW = {
    Intent.ASK: ("question of others is open here", "questions of others are open here"),
    Intent.BUILD: ("view of others here waits for a reply", "views of others here wait for one"),
    Intent.BRIDGE: ("exchange of others is here to join", "exchanges of others are here to join"),
    None: ("place here waits for a reply", "places here wait for a reply"),
}


def why_fewer(material: Material, wanted: Wanted, found: int) -> str:
    """A sentence for whoever got `found` drafts, which are fewer than they wanted."""
    talk = Talk(material)
    if not talk.sayings:
        return EMPTY
    if all(saying.author == wanted.viewer for saying in talk.sayings):
        return ALONE
    intent = wanted.intent if wanted.intent in NONE else None
    if found:
        one, several = FEW[intent]
        return f"Only {found} {one if found == 1 else several}."
    own = len(open_questions(talk)) if intent is Intent.ASK else 0
    if own:  # of others there would be a place
        return OWN_QUESTION if own == 1 else OWN_QUESTIONS
    return NONE[intent]
