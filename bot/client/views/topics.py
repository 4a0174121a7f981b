"""Lists: topics, messages that were found, and the latest messages of one topic."""

from collections.abc import Sequence

from bot.archive import Basis, Hit, KeptTopic
from bot.client.views.layout import Layout, card, notice, sections, words
from bot.client.views.pages import Entry, Section, paged
from bot.client.views.words import day, dotted, link, name, number, said, title
from bot.core.authors import told_apart
from bot.core.model import Message

SHOWN = 10
SNIPPET_LENGTH = 240
TAGS_SHOWN = 5


def topics_card(topics: Sequence[KeptTopic]) -> Layout:
    """Topics with their size and their last day, the liveliest first."""
    if not topics:
        return card([words("No topic is kept here that you may read.")])
    return _list("Topics", [_topic(each) for each in topics])


def hits_card(hits: Sequence[tuple[Hit, KeptTopic]], asked: str) -> Layout:
    """Messages that hold the words, best first, each with its topic."""
    looked_for = said(asked, 100)
    if not hits:
        return card([words(f"Nothing that you may read holds “{looked_for}”: try other words.")])
    return _list(f"Found for “{looked_for}”", [_hit(*each) for each in hits])


def messages_card(topic: KeptTopic, messages: Sequence[Message]) -> Layout:
    """The latest messages of a topic, the oldest of them first: the newest in any case."""
    heading = title(topic.topic.title)
    names = told_apart(each.author for each in messages)
    latest = [_message(topic.id, each, names[each.author.source_id]) for each in messages[-SHOWN:]]
    if not latest:
        return _list(heading, [Entry(("No messages are kept yet.",))])
    while len(latest) > 1 and len(paged([Section(heading, tuple(latest))])) > 1:
        latest = latest[1:]
    more = f"the last {len(latest)} of {number(len(messages), 'message')}"
    return _list(heading, latest, more if len(latest) < len(messages) else "")


def opened_notice(name: str, url: str) -> Layout:
    """What somebody is told for whom a topic was opened."""
    return notice(f"Opened: {link(title(name), url)}")


def _list(heading: str, entries: Sequence[Entry], told: str = "") -> Layout:
    """The first entries, as many as fit one card, and which these are where they are not all."""
    page = paged([Section(heading, tuple(entries))])[0]
    shown = sum(len(part.texts) for part in page.parts)
    told = told or (f"the first {shown} of {len(entries)}" if shown < len(entries) else "")
    foot = [words(f"-# {told}")] if told else []
    return card([*list(sections(page))[1:], *foot], rests_on=page.rests_on)


def _topic(kept: KeptTopic) -> Entry:
    size = dotted(
        (
            number(kept.messages, "message"),
            number(kept.authors, "person", "people"),
            day(kept.last_posted_at),
            _tags(kept),
            "closed" if kept.topic.closed else None,
        )
    )
    label = title(kept.topic.title, 90)
    return Entry((f"{link(label, kept.topic.url) or label}\n-# {size}",))


def _tags(kept: KeptTopic) -> str:
    """The first of its tags, as a forum shows them."""
    return ", ".join(title(tag, 20) for tag in (kept.topic.tags or ())[:TAGS_SHOWN])


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
