"""Who is quoted, and are the quotes verbatim: real threads through the configured engine.

    uv run python -m tests.bench.coverage [--threads N] [--engine llm|quotes]

Threads are the first N of ConvoSumm's validation split, a W3C mailing list, from the data beside
the project. A person has something to say if a sentence of theirs is more than thanks or greeting.
Every quote is compared with the message that it cites, letter for letter.
"""

import argparse
import asyncio
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.assembly import build_partner
from bot.config import Config, DatabaseConfig, load_config
from bot.core.model import Thread
from bot.core.sentences import split
from bot.core.summary import Quote, Summary
from bot.engines.quotes.speech import says_something
from tests.engines.threads import all_mailing_list_threads


@dataclass(frozen=True)
class Row:
    """One thread's figures."""

    people: int
    quoted: int
    quotes: int
    verbatim: int
    claims: int
    viewpoints: int
    calls: int
    seconds: float


def measure(thread: Thread, summary: Summary, seconds: float) -> Row:
    """What a summary makes of a thread."""
    messages = {message.source_id: message for message in thread.messages}
    with_something = {
        message.author.name
        for message in thread.messages
        if any(says_something(sentence) for sentence in split(message))
    }
    quotes = [q for each in (*summary.viewpoints, *summary.questions) for q in each.evidence]
    return Row(
        people=len(with_something),
        quoted=len(with_something & {quote.author for quote in quotes}),
        quotes=len(quotes),
        verbatim=sum(_verbatim(quote, messages[quote.message_id].content) for quote in quotes),
        claims=sum(all(v.claim != q.quote for q in v.evidence) for v in summary.viewpoints),
        viewpoints=len(summary.viewpoints),
        calls=summary.usage.calls,
        seconds=seconds,
    )


def _verbatim(quote: Quote, content: str) -> bool:
    return quote.quote in content


async def run(config: Config, threads: list[Thread], engine: str | None) -> list[Row]:
    """Every thread's figures, told on standard error as they come."""
    rows: list[Row] = []
    async with build_partner(config) as partner:
        for thread in threads:
            recorded = await partner.record(thread.topic, thread.messages)
            started = time.monotonic()
            summary = await partner.summarise(recorded.topic_id, engine)
            rows.append(measure(thread, summary, time.monotonic() - started))
            print(thread.topic.source_id, rows[-1], file=sys.stderr)
    return rows


def main() -> None:
    """Prints one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=14)
    parser.add_argument("--engine", choices=["llm", "quotes"])
    chosen = parser.parse_args()
    threads = all_mailing_list_threads()[: chosen.threads]
    if not threads:
        sys.exit("The shared data is not beside the project.")
    with TemporaryDirectory() as folder:
        database = DatabaseConfig(path=Path(folder) / "bench.db")
        config = load_config().model_copy(update={"database": database})
        rows = asyncio.run(run(config, threads, chosen.engine))
    people, quoted = sum(r.people for r in rows), sum(r.quoted for r in rows)
    quotes, verbatim = sum(r.quotes for r in rows), sum(r.verbatim for r in rows)
    print(f"threads                     {len(rows)}")
    print(f"people with something said  {people}")
    print(f"of them quoted              {quoted} ({quoted / max(1, people):.1%})")
    print(f"quotes                      {quotes}")
    print(f"of them verbatim            {verbatim} ({verbatim / max(1, quotes):.1%})")
    print(f"viewpoints                  {sum(r.viewpoints for r in rows)}")
    print(f"of them in words of its own {sum(r.claims for r in rows)}")
    print(f"model calls                 {sum(r.calls for r in rows)}")
    print(f"seconds                     {sum(r.seconds for r in rows):.0f}")


if __name__ == "__main__":
    main()
