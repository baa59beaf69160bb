"""Differences between platforms, each with its reason. All else is the same, as a test checks."""

from bot.slack.command_names import REGISTERED

DIFFERENCES = (
    (
        "typing a command",
        f"Slack: {len(REGISTERED)} have a slash of their own, the others follow `/seatwise`. "
        "Teams: all are in the slash menu, and reach the bot as text.",
        "In Slack names are shared by all apps of a workspace.",
    ),
    (
        "speaking to the bot before others",
        "Slack and Teams: by mentioning it. The page and the terminal have no rooms.",
        "There is nobody else to read along.",
    ),
    (
        "an answer for the asker alone, in a room",
        "Slack: gone when Slack is reloaded. Teams: gone after a day; where Teams does not take "
        "it, it goes to the asker’s own chat. Both offer *Send to my messages*.",
        "So private messages are made there.",
    ),
    (
        "pictures",
        "Slack: a message below the words. Teams: in the card. Both a thousand pixels wide, on a "
        "card of its own colour. Page: in the reader’s light or dark, laid out for the window’s "
        "width. Terminal: a file, with `--out`.",
        "Slack shows a file once it has looked at it; a card holds 70 KB of picture.",
    ),
    (
        "files",
        "Slack: uploaded into the asker’s direct messages. Teams: a card in the asker’s own chat "
        "asks for consent, then the file is in their OneDrive. Page: a link that works once. "
        "Terminal: saved in the folder.",
        "Teams lets a bot hand out a file in no other way.",
    ),
    (
        "tables",
        "Slack: the first is Slack’s own, further ones are lines of equal letters. Teams: cut "
        "after so many rows as a card holds, which is said.",
        "One table a message in Slack; 28 KB a card in Teams.",
    ),
    (
        "choosing a person",
        "Slack: a list of the workspace, and a form. Teams: a list of the room’s people, or Teams’ "
        "people picker. Page: everybody there is. Terminal: typed, as an id.",
        "Each platform knows its people its own way; a typed name grants nothing anywhere.",
    ),
    (
        "pressed buttons",
        "Teams: the card is replaced by the answer. Elsewhere it stays, and says so when it is out "
        "of date. Terminal: `--press LABEL`.",
        "Teams expects a card to show what became of it.",
    ),
    (
        "being told of a changed right",
        "Slack and Teams: by direct message. Page: before the next answer. Terminal: nobody can be "
        "told, and the answer says so.",
        "A terminal reaches nobody else.",
    ),
    (
        "naming a room in a question",
        "Slack: `#channel`, chosen from Slack’s list, and `here`. Teams: `here` alone. The page "
        "and the terminal have no rooms.",
        "What Teams sends with a mentioned channel does not say which channel it is.",
    ),
    (
        "a digest of which nobody knows whether it arrived",
        "Slack: looked for in the channel’s history, and sent again if it is not there; without "
        "the scopes for history, as Teams. Teams: sent again, and says that it may be repeated. "
        "Page: sent again; nothing of it outlives the program.",
        "A bot on Teams reads no conversation.",
    ),
    (
        "where a digest comes",
        "Slack: one message, its picture in it. Teams: one card. Page: before the next answer. "
        "Terminal: nowhere.",
        "The page is asked, it does not ring; nobody sits at the terminal.",
    ),
    (
        "a page of one’s own",
        "Slack: App Home. Teams: the welcome card, `/whoami` and `/who-has-analytics`.",
        "In Teams it would be a web page of its own, with a sign-in of its own.",
    ),
)
"""The subject of each difference, its form on each platform, and the reason."""


def differences_table() -> str:
    """Return the differences as a Markdown table."""
    rows = [f"| {what} | {how} | {why} |" for what, how, why in DIFFERENCES]
    return "\n".join(["| what | where, and how | why |", "| --- | --- | --- |", *rows])
