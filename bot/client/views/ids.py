"""What a button carries: an act and numbers, never words or state.

`moot:people:12:0:3` is the third page of who said what in topic 12. Discord hands the id back with
each press, also after a restart; whether the one who pressed may have it is asked then.
"""

import re
from enum import StrEnum


class Act(StrEnum):
    """What a press asks for, and the numbers that it carries.

    SEEN is the last message that the reader had seen before, 0 for none. Shared cards carry none:
    the archive is asked about whoever presses. AFTER is the message before a stretch, 0 for none.
    """

    PEOPLE = "people"  # topic, AFTER; or topic, AFTER, page
    WHOLE = "whole"  # topic
    SINCE = "since"  # topic, SEEN
    SHARE = "share"  # topic
    MORE = "more"  # topic, SEEN: a menu
    ASK = "ask"  # topic (a form of MORE)
    SUGGEST = "suggest"  # topic
    ANOTHER = "another"  # topic, how many drafts to pass over
    COPY = "copy"  # draft, how often shortened
    EDIT = "edit"  # draft, how often shortened
    SHORTER = "shorter"  # draft, how often shortened
    POST = "post"  # draft (the form of EDIT)
    OPEN = "open"  # channel (a form)
    MARK = "mark"  # the person that the message was posted for; says so, and can't be pressed
    REMOVE = "remove"  # the person that the message was posted for
    MISSTATES = "misstates"  # topic
    CONTEST = "contest"  # topic (the form of MISSTATES)
    CHANNELS = "channels"  # none: a menu
    HOSTS = "hosts"  # none: a menu
    RETAIN = "retain"  # days for which messages are kept
    EXPORT = "export"  # none, as the rest: whoever presses is meant
    OPTIN = "optin"
    OPTOUT = "optout"
    OPTOUTNOW = "optoutnow"
    ERASE = "erase"
    ERASENOW = "erasenow"
    CANCEL = "cancel"  # of whatever asks whether one is sure


def custom_id(act: Act, *numbers: int) -> str:
    """The id of a button."""
    return ":".join(("moot", act, *map(str, numbers)))


def topic_of(custom_id: str) -> int | None:
    """The topic that the button which leads on from a summary carries; None for any other."""
    carried = template(Act.SUGGEST, 1).fullmatch(custom_id)
    return int(carried[1]) if carried else None


def template(act: Act, numbers: int) -> re.Pattern[str]:
    """What the ids of an act match; the numbers are its groups."""
    return re.compile(rf"moot:{act}" + r":(\d{1,20})" * numbers)
