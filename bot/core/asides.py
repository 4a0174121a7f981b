"""Asides: what stands in a discussion and is not part of it.

A question that is put to Moot or another bot, a command that is typed as text, and Moot's own words
under the quotes of a draft that somebody posted. Nobody waits for an answer to these, and nobody's
view is told by them. What else people say to a bot is theirs like anything that they say.
"""

import re

from bot.core import frames
from bot.core.model import Message


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MENTION = r"(?:<@[!&]?\d+>|@\S+)"
_COMMAND = re.compile(
    r"""\s*(?:
        (?P<slash>/)[A-Za-z][\w-]{1,31}(?![\w/.-])
        | (?:[a-z]?!|pk;)[A-Za-z][\w-]{1,31}\b
        | [?.,;$%&+~^=-](?:ask|ban|catchup|gif|giphy|help|kick|level|mute|ping|play|poll|quote|rank
            |remind|remindme|role|roll|skip|stop|suggest|summari[sz]e|summary|tldr|topic|translate
            |vote|warn|weather)\b(?!-)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
"""`/summary`, `!poll`, `t!help`, `pk;switch`, and with other marks what bots are often told; but no
path, such as `/usr/bin`."""
_TO_MOOT = re.compile(r"\s*(?:(?:hey|hi|hello|ok|okay)[,\s]+)?@moot\b", re.IGNORECASE)
_LEADING = re.compile(
    rf"(?:(?:hey|hi|hello|ok|okay)\b[,\s]*)?(?P<to>{_MENTION}[\s,:!.]*)*", re.IGNORECASE
)
_QUESTION_MARK = re.compile("[?？؟\u037e\u055e⁇⁈⁉]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|tl;dr")
REQUESTS = _words(
    """
    summary summaries overview update summarise summarize sum recap tl;dr tldr explain list show
    tell give find help draft write suggest post compare count remind catch please pls can could
    would will
    zusammenfassung überblick résumé riassunto resumo samenvatting
    fasse fass erkläre erklär zeige zeig liste sag sage gib hilf bitte schreib schreibe vergleiche
    résume resume explique montre dis donne aide trouve écris compare peux pouvez
    resume resumen explica muestra lista di dime da dame ayuda ayúdame busca escribe puedes podrías
    riassumi spiega mostra elenca dimmi dammi aiuta aiutami trova scrivi puoi
    resuma explique mostre liste diga ajude encontre escreva pode
    vat samenvatten leg toon geef vertel help zoek schrijf kun kan
    """
)
"""What a request to a bot begins with, in the languages that the word lists know."""
ASKING = _words(
    """
    what who whom whose when where why how which is are was were do does did has have
    was wer wen wem wann wo warum wieso wie welche welcher welches ist sind hat haben
    qui que quoi quand où pourquoi comment quel quelle quels quelles est-ce
    qué quién quiénes cuándo dónde cómo cuál cuáles
    chi che cosa quando dove perché come quale quali
    quem onde porque qual quais wat wie wanneer waar waarom hoe welke
    """
)
"""What a question begins with where its mark is left out; of a sentence that names the bot."""
LONGEST_REQUEST = 16
"""Words; who writes more says something besides."""
LONGEST_LINE = 500
"""Characters in which a command ends, if another line follows it."""


def is_aside(message: Message, start: int, end: int) -> bool:
    """Whether a sentence of a message, `content[start:end]`, is no part of the discussion."""
    content = message.content
    if _is_in_command(content, start):
        return True
    text = content[start:end]
    if message.drafted or content.startswith(">"):
        return _FRAME.fullmatch(text.strip()) is not None
    is_named = not message.mentions and _TO_MOOT.match(content) is not None
    return (message.to_bot or is_named) and _is_request(text)


def _is_in_command(content: str, start: int) -> bool:
    """Whether the message is a command: of one that begins with a stroke, its first line."""
    command = _COMMAND.match(content)
    if command is None:
        return False
    if command["slash"] is None:
        return True
    return start <= LONGEST_LINE and "\n" not in content[command.start("slash") : start]


def _is_request(text: str) -> bool:
    """Whether a sentence asks a bot for something, or does no more than name it."""
    if _QUESTION_MARK.search(text):
        return True
    leading = _LEADING.match(text)
    rest = text[leading.end() if leading else 0 :]
    said = [word.casefold() for word in _WORD.findall(rest[: LONGEST_REQUEST * 20])]
    if not said:
        return True
    names_it = leading is not None and leading["to"] is not None
    opens = said[0] in REQUESTS or (names_it and said[0] in ASKING)
    return opens and len(said) <= LONGEST_REQUEST


def _pattern(frame: str) -> str:
    return re.escape(frame).replace(r"\{one\}", ".{1,80}").replace(r"\{other\}", ".{1,80}")


_FRAME = re.compile("|".join(map(_pattern, frames.ALL)))
