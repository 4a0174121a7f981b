"""`moot import`: files to topics. One bad file does not keep the others out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path

import click

from bot import importers
from bot.assembly import build_partner
from bot.cli import render
from bot.cli.options import as_json, choices, common, run
from bot.cli.output import show
from bot.cli.streams import tell
from bot.core.errors import ImportFailed
from bot.core.receipt import OPTED_OUT
from bot.core.summary import counts
from bot.importers import Imported
from bot.partner import DiscussionPartner

Files = Iterator[tuple[Path, Imported]]


@click.command("import", short_help="Take saved discussions in.")
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="PATH...",
    type=click.Path(readable=False, path_type=Path),
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(sorted(importers.FORMATS)),
    help="What the files are (default: seen from their content).",
)
@as_json
@common
def import_files(paths: tuple[Path, ...], format_name: str | None, as_json: bool) -> None:
    """Take saved discussions in. Running it again adds nothing.

    Known formats: a forum page saved as text (page), DiscordChatExporter JSON (discord),
    Discourse topic JSON (discourse).
    """
    failed: list[ImportFailed] = []
    readable = _read(paths, format_name, failed)
    files: list[dict[str, object]] = []
    if first := next(readable, None):  # where no file can be read, no database is made
        files = run(lambda ready: _keep(ready, chain([first], readable)), _partner())
    show({"files": files}, as_json, render.imported)
    if failed:
        raise click.exceptions.Exit(1)


def _partner() -> DiscussionPartner:
    return build_partner(choices().load())


def _read(paths: Sequence[Path], format_name: str | None, failed: list[ImportFailed]) -> Files:
    """The files that can be read, one at a time; what is wrong with the others is told."""
    for path in paths:
        try:
            yield path, importers.read(path, format_name)
        except ImportFailed as error:
            tell(error)
            failed.append(error)


async def _keep(partner: DiscussionPartner, files: Files) -> list[dict[str, object]]:
    done: list[dict[str, object]] = []
    for path, imported in files:
        done.append(await keep(partner, path, imported))
        if not any(thread.messages for thread in imported.threads):
            tell(f"{path} holds no message that can be kept: export it again, with all of them.")
    return done


async def keep(partner: DiscussionPartner, path: Path, imported: Imported) -> dict[str, object]:
    """Records a file's topics; the row that says what came of it."""
    added = updated = unchanged = 0
    topics: list[dict[str, object]] = []
    skipped: Counter[str] = Counter()
    for thread in imported.threads:
        recorded = await partner.record(thread.topic, thread.messages, thread.notices)
        topics.append({"id": recorded.topic_id, "title": recorded.title})
        added += recorded.added
        updated += recorded.updated
        unchanged += recorded.unchanged
        skipped.update(thread.skipped)
        skipped.update(recorded.gone)
        skipped[OPTED_OUT] += recorded.withheld
    return {
        "path": str(path),
        "format": imported.format,
        "topics": topics,
        "added": added,
        "updated": updated,
        "unchanged": unchanged,
        "skipped": [asdict(each) for each in counts(skipped)],
    }
