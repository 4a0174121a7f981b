"""Lists: topics, messages that were found, and the latest messages of one topic."""

from collections.abc import Sequence

from bot.archive import Basis, Hit, KeptTopic
from bot.client.views.layout import Layout, card, sections, words
from bot.client.views.pages import Entry, Section, paged
from bot.client.views.words import day, dotted, link, name, number, said, title
from bot.core.authors import told_apart
from bot.core.model import Message

SHOWN = 10
SNIPPET_LENGTH = 240


def topics_card(topics: Sequence[KeptTopic]) -> Layout:
    """Topics with their size and their last day, the liveliest first."""
    if not topics:
        return card([words("No topic is kept here that you may read.")])
    return _list("Topics", [_topic(each) for each in topics])


def hits_card(hits: Sequence[tuple[Hit, KeptTopic]], asked: str) -> Layout:
    """Messages that hold the words, best first, each with its topic."""
    looked_for = said(asked, 100)
    if not hits:
        return card([words(f"Nothing that you may read holds “{looked_for}”.")])
    return _list(f"Found for “{looked_for}”", [_hit(*each) for each in hits])


def messages_card(topic: KeptTopic, messages: Sequence[Message]) -> Layout:
    """The latest messages of a topic, the oldest of them first."""
    names = told_apart(each.author for each in messages)
    latest = [_message(topic.id, each, names[each.author.source_id]) for each in messages[-SHOWN:]]
    return _list(title(topic.topic.title), latest or [Entry(("No messages are kept yet.",))])


def _list(heading: str, entries: Sequence[Entry]) -> Layout:
    page = paged([Section(heading, tuple(entries))])[0]
    return card(list(sections(page))[1:], rests_on=page.rests_on)


def _topic(kept: KeptTopic) -> Entry:
    size = dotted(
        (
            number(kept.messages, "message"),
            number(kept.authors, "person", "people"),
            day(kept.last_posted_at),
            "closed" if kept.topic.closed else None,
        )
    )
    label = title(kept.topic.title, 90)
    return Entry((f"{link(label, kept.topic.url) or label}\n-# {size}",))


def _hit(hit: Hit, topic: KeptTopic) -> Entry:
    where = dotted(
        (name(hit.author), day(hit.posted_at), title(topic.topic.title, 60), _jump(hit.url))
    )
    basis = Basis(hit.topic_id, hit.message_id)
    return Entry((f"> {said(hit.snippet, SNIPPET_LENGTH)}\n-# {where}",), frozenset({basis}))


def _message(topic: int, message: Message, author: str) -> Entry:
    when = dotted((day(message.posted_at), _jump(message.url)))
    files = f"*{number(len(message.attachments), 'file')}*" if message.attachments else ""
    text = said(message.content, SNIPPET_LENGTH) or files or "…"
    basis = Basis(topic, message.source_id, message.content)
    return Entry((f"**{name(author)}** · {when}\n{text}",), frozenset({basis}))


def _jump(url: str | None) -> str | None:
    return link("go to the message", url)
