"""`moot import`: files to topics. One bad file does not keep the others out."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from bot import importers
from bot.cli import render
from bot.cli.options import as_json, common, run
from bot.cli.output import show
from bot.core.errors import ImportFailed
from bot.core.receipt import OPTED_OUT
from bot.core.summary import counts
from bot.importers import Imported
from bot.partner import DiscussionPartner


@click.command("import")
@click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path)
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

    async def work(partner: DiscussionPartner) -> list[dict[str, object]]:
        done: list[dict[str, object]] = []
        for path in paths:
            try:
                imported = importers.read(path, format_name)
            except ImportFailed as error:
                failed.append(error)
            else:
                done.append(await keep(partner, path, imported))
        return done

    files = run(work)
    show({"files": files}, as_json, render.imported)
    for error in failed:
        click.echo(f"moot: {error}", err=True)
    if failed:
        raise click.exceptions.Exit(1)


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
