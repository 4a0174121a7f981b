"""The schema, one step at a time. A step that was released is never changed, only followed."""

import sqlite3
from pathlib import Path
from secrets import token_hex

from sqlite_utils import Database, Migrations

from bot.archive import languages
from bot.archive.wording import put_into_words
from bot.core.errors import ArchiveError

steps = Migrations("moot")


class OlderSchema(ArchiveError):
    """The database is of an older Moot, which opening it for writing mends."""


@steps(name="001_topics_and_messages")
def _topics_and_messages(db: Database) -> None:
    """`batch_id` marks what an unfinished import brought, and `staged` a topic that it began.

    Of a deleted message only its id and `deleted_at` stay. Authors belong to a topic: two forums
    may know different people by one id, and a topic that goes takes its names along.
    """
    _run(
        db,
        """CREATE TABLE topics (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            source TEXT NOT NULL,
            source_id TEXT NOT NULL,
            title TEXT NOT NULL,
            url TEXT,
            closed INTEGER NOT NULL,
            version INTEGER NOT NULL DEFAULT 0,
            staged INTEGER NOT NULL DEFAULT 0,
            UNIQUE (source, source_id)
        ) STRICT""",
        """CREATE TABLE authors (
            id INTEGER PRIMARY KEY,
            topic_id INTEGER NOT NULL REFERENCES topics ON DELETE CASCADE,
            source_id TEXT NOT NULL,
            name TEXT NOT NULL,
            bot INTEGER NOT NULL,
            UNIQUE (topic_id, source_id)
        ) STRICT""",
        """CREATE TABLE batches (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            topic_id INTEGER NOT NULL REFERENCES topics ON DELETE CASCADE,
            begun_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
        ) STRICT""",
        """CREATE TABLE messages (
            id INTEGER PRIMARY KEY,
            topic_id INTEGER NOT NULL REFERENCES topics ON DELETE CASCADE,
            source_id TEXT NOT NULL,
            author_id INTEGER REFERENCES authors,
            content TEXT NOT NULL,
            revision TEXT NOT NULL,
            posted_at TEXT,
            reply_to TEXT,
            edited_at TEXT,
            attachments TEXT NOT NULL,
            url TEXT,
            drafted INTEGER NOT NULL,
            deleted_at TEXT,
            batch_id INTEGER REFERENCES batches ON DELETE CASCADE,
            UNIQUE (topic_id, source_id)
        ) STRICT""",
        "CREATE INDEX messages_author ON messages (author_id)",
        "CREATE INDEX messages_batch ON messages (batch_id) WHERE batch_id IS NOT NULL",
        """CREATE INDEX messages_present ON messages (topic_id, posted_at, author_id)
            WHERE deleted_at IS NULL AND batch_id IS NULL""",
        """CREATE VIEW present_messages AS
            SELECT * FROM messages WHERE deleted_at IS NULL AND batch_id IS NULL""",
        "CREATE VIEW present_topics AS SELECT * FROM topics WHERE NOT staged",
    )


@steps(name="002_search")
def _search(db: Database) -> None:
    """The index over the words. `erasing` holds what it has yet to forget (see erasing.py).

    Languages that write without spaces come out as a word a run: an index of trigrams would find
    into them at several times the size, so the search looks letter by letter there instead.
    """
    delete = """INSERT INTO messages_fts (messages_fts, rowid, content)
        VALUES ('delete', old.id, old.content);"""
    insert = "INSERT INTO messages_fts (rowid, content) VALUES (new.id, new.content);"
    _run(
        db,
        """CREATE VIRTUAL TABLE messages_fts USING fts5 (
            content, content='messages', content_rowid='id',
            tokenize='unicode61 remove_diacritics 2'
        )""",
        f"CREATE TRIGGER messages_inserted AFTER INSERT ON messages BEGIN {insert} END",
        f"CREATE TRIGGER messages_deleted AFTER DELETE ON messages BEGIN {delete} END",
        f"""CREATE TRIGGER messages_reworded AFTER UPDATE OF content ON messages
            WHEN old.content IS NOT new.content BEGIN {delete} {insert} END""",
        """CREATE TABLE erasing (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            merged INTEGER NOT NULL DEFAULT 0
        ) STRICT""",
    )


@steps(name="003_readings")
def _readings(db: Database) -> None:
    """A reading is of one window; `complete` says that it finished reading a message.

    A viewpoint's number is the id of the note that founded it, and outlives that note.
    """
    _run(
        db,
        """CREATE TABLE readings (
            id INTEGER PRIMARY KEY,
            topic_id INTEGER NOT NULL REFERENCES topics ON DELETE CASCADE,
            engine TEXT NOT NULL,
            rejected TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX readings_topic ON readings (topic_id, engine)",
        """CREATE TABLE reading_messages (
            reading_id INTEGER NOT NULL REFERENCES readings ON DELETE CASCADE,
            message_id INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
            complete INTEGER NOT NULL,
            PRIMARY KEY (reading_id, message_id)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX reading_messages_message ON reading_messages (message_id)",
        """CREATE TABLE notes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            message_id INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
            engine TEXT NOT NULL,
            kind TEXT NOT NULL,
            spans TEXT NOT NULL,
            words TEXT,
            about_id INTEGER REFERENCES messages ON DELETE SET NULL,
            about_start INTEGER,
            about_end INTEGER,
            UNIQUE (message_id, engine, kind, spans)
        ) STRICT""",
        "CREATE INDEX notes_about ON notes (about_id) WHERE about_id IS NOT NULL",
        """CREATE TABLE placements (
            note_id INTEGER PRIMARY KEY REFERENCES notes ON DELETE CASCADE,
            viewpoint INTEGER NOT NULL,
            stance TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE frames (
            topic_id INTEGER NOT NULL REFERENCES topics ON DELETE CASCADE,
            engine TEXT NOT NULL,
            viewpoint INTEGER NOT NULL,
            question INTEGER,
            opposes TEXT NOT NULL,
            PRIMARY KEY (topic_id, engine, viewpoint)
        ) STRICT, WITHOUT ROWID""",
    )


@steps(name="004_drafts")
def _drafts(db: Database) -> None:
    """`body` and `made_with` are JSON."""
    _run(
        db,
        """CREATE TABLE drafts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            topic_id INTEGER NOT NULL REFERENCES topics ON DELETE CASCADE,
            kind TEXT NOT NULL,
            engine TEXT NOT NULL,
            body TEXT NOT NULL,
            made_with TEXT NOT NULL,
            made_at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX drafts_topic ON drafts (topic_id, kind, engine)",
        """CREATE TABLE draft_messages (
            draft_id INTEGER NOT NULL REFERENCES drafts ON DELETE CASCADE,
            message_id INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
            PRIMARY KEY (draft_id, message_id)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX draft_messages_message ON draft_messages (message_id)",
    )


@steps(name="005_guilds_and_people")
def _guilds_and_people(db: Database) -> None:
    """Ids of guilds, messages and people are their source's: none needs a row elsewhere.

    `withheld` says of a deleted message why it is missing, where the reader is to be told.
    """
    _run(
        db,
        "CREATE TABLE guilds (guild_id TEXT PRIMARY KEY, settings TEXT NOT NULL) STRICT",
        """CREATE TABLE opted_out (
            source TEXT NOT NULL,
            author_id TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (source, author_id)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE visits (
            topic_id INTEGER NOT NULL REFERENCES topics ON DELETE CASCADE,
            author_id TEXT NOT NULL,
            message_id TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (topic_id, author_id)
        ) STRICT, WITHOUT ROWID""",
        "ALTER TABLE messages ADD COLUMN withheld TEXT",
        "CREATE INDEX messages_withheld ON messages (topic_id) WHERE withheld IS NOT NULL",
        "CREATE INDEX authors_source ON authors (source_id)",
        "CREATE INDEX visits_author ON visits (author_id)",
    )


@steps(name="006_made_with")
def _made_with(db: Database) -> None:
    """JSON: the engine, model, prompts, tokens and time that a reading was made with."""
    _run(db, "ALTER TABLE readings ADD COLUMN made_with TEXT NOT NULL DEFAULT '{}'")


@steps(name="007_spending")
def _spending(db: Database) -> None:
    """What requests cost, kept when their topic goes: topic ids are never used twice."""
    _run(
        db,
        """CREATE TABLE spending (
            id INTEGER PRIMARY KEY,
            topic_id INTEGER NOT NULL,
            model TEXT NOT NULL,
            calls INTEGER NOT NULL,
            prompt_tokens INTEGER NOT NULL,
            completion_tokens INTEGER NOT NULL,
            at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX spending_topic ON spending (topic_id, model)",
    )


@steps(name="008_budgets")
def _budgets(db: Database) -> None:
    """A row a call from now on: for which request and what, who pays, and what it cost.

    `money` is in millionths of the currency unit, null without a price. While a call is under way
    its row holds the most that it may cost, until `lapses_at`. `person` is empty for people who
    can't be told apart since they opted out.
    """
    _run(
        db,
        "ALTER TABLE spending ADD COLUMN request TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE spending ADD COLUMN purpose TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE spending ADD COLUMN source TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE spending ADD COLUMN server TEXT",
        "ALTER TABLE spending ADD COLUMN person TEXT",
        "ALTER TABLE spending ADD COLUMN day TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE spending ADD COLUMN money INTEGER",
        "ALTER TABLE spending ADD COLUMN lapses_at TEXT",
        "UPDATE spending SET request = 'before ' || id, day = substr(at, 1, 10)",
        "CREATE INDEX spending_server ON spending (server, day) WHERE server IS NOT NULL",
        "CREATE INDEX spending_person ON spending (person, day) WHERE person IS NOT NULL",
        "CREATE INDEX spending_open ON spending (lapses_at) WHERE lapses_at IS NOT NULL",
    )


@steps(name="009_contests")
def _contests(db: Database) -> None:
    """`content[starts:ends]` of a message is contested by its author; `said` is why, if they say.

    The words themselves are in the message alone, so that they go with it.
    """
    _run(
        db,
        """CREATE TABLE contests (
            message_id INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
            starts INTEGER NOT NULL,
            ends INTEGER NOT NULL,
            said TEXT,
            at TEXT NOT NULL,
            PRIMARY KEY (message_id, starts, ends)
        ) STRICT, WITHOUT ROWID""",
    )


@steps(name="010_cards")
def _cards(db: Database) -> None:
    """Ids of channels and cards are Discord's. A row id is never used twice: who takes a card back
    must not forget a newer one that the same message has become meanwhile.
    """
    _run(
        db,
        """CREATE TABLE cards (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            channel_id TEXT NOT NULL,
            message_id TEXT NOT NULL UNIQUE,
            until TEXT,
            withdrawn INTEGER NOT NULL
        ) STRICT""",
        "CREATE INDEX cards_withdrawn ON cards (id) WHERE withdrawn",
        "CREATE INDEX cards_until ON cards (until) WHERE until IS NOT NULL",
        """CREATE TABLE card_messages (
            card_id INTEGER NOT NULL REFERENCES cards ON DELETE CASCADE,
            message_id INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
            PRIMARY KEY (card_id, message_id)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX card_messages_message ON card_messages (message_id)",
    )


@steps(name="011_versions_and_merges")
def _versions_and_merges(db: Database) -> None:
    """A topic's `version` grows with whatever is written of it, by triggers: no statement, and
    no program that writes here, can forget it. Drafts don't count, since they are looked up.

    Of two viewpoints that say the same, `older` takes `newer` in, for as long as both notes are
    there whose claims said so. A note is `lapsed` from when what it pointed at went until its
    message is read again.
    """
    _run(
        db,
        "ALTER TABLE notes ADD COLUMN lapsed INTEGER NOT NULL DEFAULT 0",
        """CREATE TABLE merges (
            topic_id INTEGER NOT NULL REFERENCES topics ON DELETE CASCADE,
            engine TEXT NOT NULL,
            newer INTEGER NOT NULL,
            older INTEGER NOT NULL,
            one_id INTEGER NOT NULL REFERENCES notes ON DELETE CASCADE,
            other_id INTEGER NOT NULL REFERENCES notes ON DELETE CASCADE,
            PRIMARY KEY (topic_id, engine, newer)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX merges_one ON merges (one_id)",
        "CREATE INDEX merges_other ON merges (other_id)",
        """CREATE TRIGGER topics_grows AFTER UPDATE OF title, url, closed, staged ON topics
            BEGIN UPDATE topics SET version = version + 1 WHERE id = new.id; END""",
        *(_growing(table, event) for table in _OF_TOPIC for event in _ROW),
    )


_ROW = {"INSERT": "new", "UPDATE": "new", "DELETE": "old"}
_OF_TOPIC = {
    "messages": "(SELECT {row}.topic_id WHERE {row}.batch_id IS NULL)",  # else it is not to be seen
    **dict.fromkeys(("authors", "readings", "frames", "merges"), "{row}.topic_id"),
    "reading_messages": "(SELECT topic_id FROM readings WHERE id = {row}.reading_id)",
    **dict.fromkeys(
        ("contests", "notes"), "(SELECT topic_id FROM messages WHERE id = {row}.message_id)"
    ),
    "placements": """(SELECT m.topic_id FROM notes n JOIN messages m ON m.id = n.message_id
        WHERE n.id = {row}.note_id)""",
}
"""The tables that made up what was known of a topic then, and whose a row of each is."""


def _growing(table: str, event: str) -> str:
    """The trigger that makes a topic's version grow when a row of it is written."""
    topic = _OF_TOPIC[table].format(row=_ROW[event])
    return f"""CREATE TRIGGER {table}_{event.lower()}_grows AFTER {event} ON {table} BEGIN
        UPDATE topics SET version = version + 1 WHERE id = {topic}; END"""  # noqa: S608 - own words


@steps(name="012_filled")
def _filled(db: Database) -> None:
    """When a topic was last compared with its source from end to end; null where never."""
    _run(db, "ALTER TABLE topics ADD COLUMN filled_at TEXT")


@steps(name="013_briefs")
def _briefs(db: Database) -> None:
    """What was noted of messages goes, and the drafts that were made of notes.

    A card of a topic (`topic_id`) can be renewed: `withdrawn` is 1 where it is to be taken back,
    and 2 once it was and waits for its renewal.
    """
    _run(
        db,
        *(
            f"DROP TABLE {table}"
            for table in ("merges", "placements", "frames", "reading_messages", "notes", "readings")
        ),
        "DELETE FROM drafts",
        "INSERT INTO erasing (merged) SELECT 0 WHERE EXISTS (SELECT 1 FROM topics)",
        "ALTER TABLE cards ADD COLUMN topic_id INTEGER REFERENCES topics ON DELETE SET NULL",
    )


@steps(name="014_mentions")
def _mentions(db: Database) -> None:
    """JSON: `[[start, end, person's id or null], ...]`, where `content` names people.

    Of a forward, the message that it forwards, and that one's author where it is known. Messages
    that were kept with Discord's own marks in them are put into words; what was written of them
    goes.
    """
    _run(
        db,
        "ALTER TABLE messages ADD COLUMN mentions TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE messages ADD COLUMN forward_message TEXT",
        "ALTER TABLE messages ADD COLUMN forward_author TEXT",
        "CREATE INDEX messages_mentions ON messages (topic_id) WHERE mentions <> '[]'",
        "CREATE INDEX messages_forwards ON messages (forward_message) "
        "WHERE forward_message IS NOT NULL",
        # A view's columns are those of when it was made.
        "DROP VIEW present_messages",
        """CREATE VIEW present_messages AS
            SELECT * FROM messages WHERE deleted_at IS NULL AND batch_id IS NULL""",
    )
    if put_into_words(db.conn):
        _run(db, "DELETE FROM drafts", "INSERT INTO erasing (merged) VALUES (0)")


@steps(name="015_any_script")
def _any_script(db: Database) -> None:
    """The index holds words as core/terms.py makes them; what is `unindexed` is yet to be put in.

    `language` is what a topic is mostly written in, null until there is enough to tell. Sentences
    end elsewhere by it, so the briefs that were written before go.
    """
    delete = """DELETE FROM messages_fts WHERE rowid = old.id;
        DELETE FROM unindexed WHERE message_id = old.id;"""
    note = """INSERT OR IGNORE INTO unindexed (message_id)
        SELECT new.id WHERE new.content <> '';"""
    _run(
        db,
        *(f"DROP TRIGGER messages_{each}" for each in ("inserted", "deleted", "reworded")),
        "DROP TABLE messages_fts",
        "CREATE VIRTUAL TABLE messages_fts USING fts5 (words, tokenize='ascii')",
        "CREATE TABLE unindexed (message_id INTEGER PRIMARY KEY) STRICT",
        f"CREATE TRIGGER messages_inserted AFTER INSERT ON messages BEGIN {note} END",
        f"CREATE TRIGGER messages_deleted AFTER DELETE ON messages BEGIN {delete} END",
        f"""CREATE TRIGGER messages_reworded AFTER UPDATE OF content ON messages
            WHEN old.content IS NOT new.content BEGIN {delete} {note} END""",
        "INSERT INTO unindexed (message_id) SELECT id FROM messages WHERE content <> ''",
        "ALTER TABLE topics ADD COLUMN language TEXT",
        "DELETE FROM drafts",
        "INSERT INTO erasing (merged) SELECT 0 WHERE EXISTS (SELECT 1 FROM topics)",
    )
    connection = db.conn
    for (topic_id,) in connection.execute("SELECT id FROM topics").fetchall():
        if language := languages.told(connection, topic_id):
            connection.execute("UPDATE topics SET language = ? WHERE id = ?", (language, topic_id))


@steps(name="016_gone")
def _gone(db: Database) -> None:
    """`at` is when something to be erased was deleted.

    `opened_by` is whose a topic's title is, and `channel` where the topic stands, by their source's
    ids; null where the source does not say. Of an `untitled` topic no title is kept any more.
    By a card's `token` Discord lets Moot change an answer that one person sees, until `until`.
    """
    _run(
        db,
        "ALTER TABLE erasing ADD COLUMN at TEXT",
        "ALTER TABLE cards ADD COLUMN token TEXT",
        "ALTER TABLE topics ADD COLUMN opened_by TEXT",
        "ALTER TABLE topics ADD COLUMN channel TEXT",
        "ALTER TABLE topics ADD COLUMN untitled INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX topics_opened_by ON topics (opened_by) WHERE opened_by IS NOT NULL",
        "CREATE INDEX topics_channel ON topics (channel) WHERE channel IS NOT NULL",
        """UPDATE topics SET untitled = 1 WHERE id IN (
            SELECT t.id FROM topics t
            JOIN messages m ON m.topic_id = t.id AND m.source_id = t.source_id
            WHERE m.withheld = 'opted_out') OR title = '(untitled)'""",
    )


@steps(name="017_places")
def _places(db: Database) -> None:
    """Where a topic stands and what it is filed under (`tags`, a list); null where not known.

    A message that is put to a bot is marked `to_bot`.
    """
    there = db["topics"].columns_dict
    columns = ("channel TEXT", "private INTEGER", "tags TEXT")
    _run(
        db,
        *(
            f"ALTER TABLE topics ADD COLUMN {each}"
            for each in columns
            if each.split()[0] not in there
        ),
        "ALTER TABLE messages ADD COLUMN to_bot INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX messages_to_bot ON messages (topic_id) WHERE to_bot",
    )


@steps(name="018_marks")
def _marks(db: Database) -> None:
    """Whom nothing names any more, a budget knows by a mark until the month ends (marks.py)."""
    _run(
        db,
        "ALTER TABLE spending ADD COLUMN server_mark TEXT",
        "ALTER TABLE spending ADD COLUMN person_mark TEXT",
        "CREATE INDEX spending_server_mark ON spending (server_mark) WHERE server_mark IS NOT NULL",
        "CREATE INDEX spending_person_mark ON spending (person_mark) WHERE person_mark IS NOT NULL",
        "CREATE TABLE marking (month TEXT NOT NULL, key BLOB NOT NULL)",
        f"""INSERT INTO marking (month, key)
        SELECT substr(max(day), 1, 7) || '-01', x'{token_hex(32)}' FROM spending
        HAVING max(day) > ''""",  # noqa: S608 - hexadecimal digits
    )


def _run(db: Database, *statements: str) -> None:
    for statement in statements:
        db.conn.execute(statement)


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Brings the schema up to date, within the transaction that is open."""
    db = Database(connection, execute_plugins=False)
    _check_ours(db, path)
    steps.apply(db)


def check_current(connection: sqlite3.Connection, path: Path) -> None:
    """Raises ArchiveError unless the schema is this program's."""
    db = Database(connection, execute_plugins=False)
    _check_ours(db, path)
    if steps.pending(db):
        raise OlderSchema(
            f"The database {path} was made by an older Moot: open it once for writing, "
            "which brings it up to date."
        )


def _check_ours(db: Database, path: Path) -> None:
    applied = [step.name for step in steps.applied(db)]
    if newer := [name for name in applied if name not in _known()]:
        raise ArchiveError(
            f'The database {path} was made by a newer Moot (it has "{newer[0]}"): update Moot.'
        )
    if not applied and db.table_names():
        raise ArchiveError(
            f"{path} is another program's database: give the path of Moot's own, "
            "or one where there is no file yet."
        )


def _known() -> set[str]:
    blank = Database(memory=True)
    try:
        return {step.name for step in steps.pending(blank)}
    finally:
        blank.close()
