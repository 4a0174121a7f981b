"""Without a model, whatever somebody writes takes time in proportion to its length."""

import pytest

from bot.core.discussion import Discussion
from bot.core.model import Author, Message, Topic
from bot.engines import Material, Wanted
from bot.engines.quotes.people import stands
from bot.engines.quotes.questions import open_items
from bot.engines.quotes.reply_drafts import reply_drafts
from bot.engines.quotes.talk import Talk
from tests.core.test_linear_time import UNITS, assert_linear

CHRIS, DEE = Author("7", "Chris"), Author("8", "Dee")


def answered(text: str) -> None:
    messages = (
        Message("m0", DEE, "I think that tea is better. Is it cheaper as well?"),
        Message("m1", CHRIS, text),
        Message("m2", DEE, "Tea it is, since it is cheap."),
    )
    discussion = Discussion(Topic("forum", "1", "Tea"), messages)
    material = Material(discussion, discussion.ids)
    talk = Talk(material)
    stands(talk)
    open_items(talk)
    reply_drafts(material, Wanted(count=3))


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_length_of_a_message(unit: str) -> None:
    assert_linear(answered, unit)
