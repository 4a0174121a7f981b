"""The texts of commands, their options and choices, in one place and ready for translation.

Discord takes names of 32 characters in lower case and descriptions of 100. A translator that is
added to the command tree finds each text by its English words.
"""

from discord.app_commands import locale_str

from bot.core.summary import Intent

SUMMARY = locale_str("Read in half a minute where a discussion stands, and what is open")
SUGGEST = locale_str("Get three drafts of a reply that do justice to the others")
ASK = locale_str("Ask a discussion a question; the answer cites its messages")
CATCHUP = locale_str("See what is new in a discussion since you were last here")
TOPIC = locale_str("Topics that are kept here")
TOPIC_POST = locale_str("Open a new topic")
TOPIC_LIST = locale_str("The liveliest topics that you may read")
TOPIC_SEARCH = locale_str("Find messages in the topics that you may read")
TOPIC_SHOW = locale_str("The latest messages of a topic")
TOPIC_CLOSE = locale_str("Close a topic of yours: it takes no more messages")
MOOT = locale_str("For hosts: what Moot keeps here")
MOOT_SETUP = locale_str("Choose the channels whose topics are kept")
MOOT_STATUS = locale_str("Channels, model and what is kept")
MOOT_RETENTION = locale_str("Choose for how many days messages are kept")
MOOT_CONTESTED = locale_str("What people say misstates them")
PRIVACY = locale_str("What is kept about you: see it, stop it, take it with you, erase it")

SUMMARISE_FROM_HERE = locale_str("Summarise from here")
SUGGEST_A_REPLY = locale_str("Suggest a reply")

OF_TOPIC = locale_str("A topic; without it, the thread that you are in")
OF_HOURS = locale_str("Only the last hours, so many")
OF_INTENT = locale_str("What the reply should do")
OF_QUESTION = locale_str("What you want to know")
OF_WORDS = locale_str("Words to look for")
OF_DAYS = locale_str("Days for which a message is kept; without it, until it is deleted")
OF_FORUM = locale_str("Where to open it")
OF_TITLE = locale_str("Its title; without it, a form opens")
OF_BODY = locale_str("What you want to say; without it, a form opens")
OF_TAGS = locale_str("Its tags in a forum, with commas between")

DOES = {
    Intent.BUILD: locale_str("build: take a thought further"),
    Intent.BRIDGE: locale_str("bridge: bring two views together"),
    Intent.STEELMAN: locale_str("steelman: make the best case for a view"),
    Intent.ASK: locale_str("ask: ask for what is missing"),
    Intent.COUNTER: locale_str("counter: object, fairly"),
}
"""Each intent by its name, and what a reply of it sets out to do."""
