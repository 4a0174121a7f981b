"""The command line: results on standard output, everything else on standard error."""

import click

from bot.cli.database import db
from bot.cli.demo import demo
from bot.cli.doctor import doctor
from bot.cli.drafts import ask, suggest, summary
from bot.cli.evaluating import evaluate
from bot.cli.importing import import_files
from bot.cli.options import common
from bot.cli.prompts import prompts
from bot.cli.running import run_bot
from bot.cli.topics import search, show, topics


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="moot", message="moot %(version)s")
@common
def moot() -> None:
    """Balanced, cited summaries and reply drafts for long discussions.

    Start with `moot demo`. TOPIC is an id, or words of the title that only one topic has.
    """


_TOPICS = (import_files, topics, show, search, summary, suggest, ask)

for command in (demo, run_bot, *_TOPICS, prompts, evaluate, db, doctor):
    moot.add_command(command)

__all__ = ["moot"]
