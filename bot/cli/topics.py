"""`moot topics`, `show`, `search`: what is there."""

import click

from bot.archive import Hit, KeptTopic
from bot.cli import named, render
from bot.cli.options import as_json, common, run
from bot.cli.output import show as print_result
from bot.core.authors import told_apart
from bot.core.model import Message
from bot.partner import DiscussionPartner


@click.command()
@as_json
@common
def topics(as_json: bool) -> None:
    """List the topics, the last written in first."""

    async def work(partner: DiscussionPartner) -> list[KeptTopic]:
        return await partner.topics()

    kept = run(work)
    print_result({"topics": [topic_row(each) for each in kept]}, as_json, render.topics)


@click.command()
@click.argument("topic")
@as_json
@common
def show(topic: str, as_json: bool) -> None:
    """Print a topic's messages."""

    async def work(partner: DiscussionPartner) -> tuple[KeptTopic, list[Message]]:
        kept = await named.topic(partner, topic)
        return kept, await partner.messages(kept.id)

    kept, messages = run(work)
    names = told_apart(each.author for each in messages)
    rows = [message_row(each, names[each.author.source_id]) for each in messages]
    document = {"topic": topic_row(kept), "messages": rows}
    print_result(document, as_json, render.thread)


@click.command(short_help="Find messages.")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@as_json
@common
def search(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find messages that hold the WORDS, best first."""

    async def work(partner: DiscussionPartner) -> list[Hit]:
        return await partner.search(" ".join(words), limit)

    print_result({"hits": run(work)}, as_json, render.hits)


def topic_row(kept: KeptTopic) -> dict[str, object]:
    """A topic as `--json` shows it."""
    return {
        "id": kept.id,
        "title": kept.topic.title,
        "url": kept.topic.url,
        "messages": kept.messages,
        "authors": kept.authors,
        "last_posted_at": kept.last_posted_at,
    }


def message_row(message: Message, author: str) -> dict[str, object]:
    """A message as `--json` shows it."""
    return {
        "message_id": message.source_id,
        "author": author,
        "content": message.content,
        "posted_at": message.posted_at,
        "edited_at": message.edited_at,
        "reply_to": message.reply_to,
        "attachments": message.attachments,
        "url": message.url,
    }
