"""What the model is told of a fault that the checker found, for its one repair."""

_FAULTS = {
    "not_evidence": "it holds a sentence that is context or quoted, not to be noted",
    "no_question": "an answer needs the id of the question in `about`",
    "empty": "the {what} is empty",
    "too_long": "the {what} is too long",
    "unfinished": "the {what} is cut off",
    "invented_number": "the {what} has a number that is not in its sentences",
    "invented_link": "the {what} has a link that is not in its sentences",
    "invented_quote": "the {what} has words in quotation marks that are not in its sentences",
    "invented_name": "the {what} names a person; leave names out",
    "link": "the {what} has a link; leave it out, its sentences are shown with it",
    "instructions": "the {what} repeats your instructions; say what the people say",
    "unrelated": "the {what} has no word of its sentences; say what they say",
    "label": "the {what} has a label such as P1; say the view itself",
    "unfounded_consensus": "the {what} speaks of everyone or most; nobody has counted",
    "markup": "the {what} has markup; write plain words",
    "anothers_words": "the {what} has the words of other sentences; say what its own say",
    "first_person": "the {what} speaks as its writer; say the view itself, without I, my or we",
    "not_alike": "the {what} says what its sentences do not; keep to their words",
    "copied": "the {what} copies a sentence; say it in new words",
    "unknown_person": "the {what} names a person that there isn't; use the labels given",
    "speaks_of_its_poster": "the {what} speaks of the person who would post it; leave them out",
    "no_sentence": "the {what} is no full sentence",
    "ping": "the {what} has a mention; write plain words",
    "control_character": "the {what} has control characters; write plain words",
}


def explain(reason: str, what: str) -> str:
    """A reason of the receipt in words for the model; `what` is the text that has the fault."""
    return _FAULTS.get(reason, reason.replace("_", " ")).format(what=what)
