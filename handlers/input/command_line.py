"""The words of an ask: its command, and the words that follow it."""

import html
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from handlers.input.fold import fold, straight
from handlers.input.languages import MIXED
from handlers.input.markup import without_markup
from handlers.input.phrases import meanings

LONGEST = 2_000
"""Maximum characters of an ask that are read."""

_DOUBLE = '\u201c\u201d\u201e\u00ab\u00bb"'
_QUOTED = re.compile(
    r"""(?<!\S)(?: "([^"\u201d]*)["\u201d]
                 | [\u201c\u201e]([^\u201c\u201d"]*)[\u201c\u201d"]
                 | \u00ab([^\u00bb]*)\u00bb
                 | \u00bb([^\u00ab\u00bb]*)[\u00ab\u00bb] )
        | (\S+)""",
    re.VERBOSE,
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|nbsp|quot|apos|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_MENTIONS = re.compile(r"(?:\s*(?:<at(?:\s[^<>]*)?>[^<>]*</at>|<@[^<>\s]*>|@\S+))*")
_OURSELVES = "seatwise"
_MEANT = meanings(MIXED.commands.names)
_HELP = MIXED.commands.help
_LONG = 5
_HELLO = MIXED.courtesy.greetings
_THANKS = MIXED.courtesy.thanks
_JOINERS = "\u200c\u200d"
_ZERO_WIDTH_SPACE = "\u200b"


@dataclass(frozen=True, slots=True)
class CommandLine:
    """Typed words: a command by its own name, or "" where the first word is none; and the other
    words.

    `words` are those after the command; all of them where there is no command.
    """

    command: str
    words: tuple[str, ...]


def read_command(text: str, names: Collection[str]) -> CommandLine | None:
    """Return the command of `names` that an ask begins with, and its words; None for an empty ask.

    Read alike, in any case: `/usage contoso`, `usage contoso`, `@bot usage contoso`, `<at>Bot</at>
    usage contoso`, `/seatwise usage contoso`, and any of them in quotes, bold, as code, behind a
    bullet, or in a quoted message. HTML entities are read as the characters they stand for. Never
    raises; reads 2,000 characters.

    >>> read_command("@bot Usage «Wide World» &amp; co", {"usage", "help"})
    CommandLine(command='usage', words=('Wide World', '&', 'co'))
    """
    text = text[:LONGEST]
    found = _command_line(text, names)
    if found and not found.command:  # no customer's or product's name is touched but here
        said = _text_without_entities(_text_after_mentions(text))
        plain = _command_line(without_markup(said), names)
        return plain if plain and plain.command else found
    return found


def _command_line(text: str, names: Collection[str]) -> CommandLine | None:
    words = split(_text_without_entities(_text_after_mentions(_visible(text))))
    if len(words) == 1 and " " in words[0]:
        words = split(_text_after_mentions(words[0]))
    while words and _bare(words[0]) in ("", _OURSELVES):
        words = words[1:]
    if not words:
        return None
    command = command_named(words[0], names)
    return CommandLine("", words) if command is None else CommandLine(command, words[1:])


def command_named(word: str, names: Collection[str]) -> str | None:
    """Return the command of `names` that a word is, by its own name or by a word for it in any
    language; None where it is none.

    >>> command_named("/Utilisation", {"usage", "help"}), command_named("contoso", {"usage"})
    ('usage', None)
    """
    said = _bare(word)
    own = {name.casefold(): name for name in names}.get(said)
    meant = own or _MEANT.get(fold(said))
    return meant if meant in names else None


def asks_help(words: Sequence[str]) -> bool:
    """Check whether the words behind a command ask for its help.

    >>> asks_help(("?",)), asks_help(("aide",)), asks_help(("help", "contoso"))
    (True, True, False)
    """
    return len(words) == 1 and fold(words[0]) in _HELP


def split(text: str) -> tuple[str, ...]:
    """Split a text into its words; text between double quotes of any kind is one word.

    A quote opens at a word's beginning; one that has no partner is dropped. Apostrophes are
    letters. Zero-width spaces part words, other invisible characters vanish. Never raises; reads
    2,000 characters.

    >>> split('O\\'Reilly "Wide World" 15" screens')
    ("O'Reilly", 'Wide World', '15', 'screens')
    """
    matches = _QUOTED.finditer(_visible(text))
    found = (next(filter(None, match.groups()), "") for match in matches)
    words = (" ".join(word.translate(_NO_QUOTES).split()) for word in found)
    return tuple(word for word in words if word)


def nearest(word: str, names: Collection[str]) -> str | None:
    """Return the name one edit away from `word`, or `word` itself; the first in the alphabet of
    several. In words of five letters and more, the command whose word in a language is so near.

    None where there is none, or the word has fewer than three letters.

    >>> nearest("/usge", {"usage", "help"})
    'usage'
    """
    bare = _bare(word)
    said = {name.casefold(): name for name in names}
    if len(bare) >= _LONG:
        said = {each: name for each, name in _MEANT.items() if name in names} | said
    near = [(OSA.distance(bare, each, score_cutoff=1), name) for each, name in said.items()]
    distance, name = min(near, default=(2, ""))
    return name if distance <= 1 and len(bare) >= 3 else None


def greets(words: Collection[str]) -> bool:
    """Check whether the words begin as people say hello.

    >>> greets(("Bonjour", "Seatwise")), greets(("usage",)), greets(())
    (True, False, False)
    """
    return any(fold(_bare(word)) in _HELLO for word in [*words][:1])


def thanks(words: Collection[str]) -> bool:
    """Check whether the words begin as people say thank you.

    >>> thanks(("Thank", "you!"))
    True
    """
    return any(fold(_bare(word)) in _THANKS for word in [*words][:1])


def _text_after_mentions(text: str) -> str:
    """Remove the mentions that the text begins with: they address the bot, the question is behind
    them.
    """
    mentions = _MENTIONS.match(text)
    return text[mentions.end() :] if mentions else text


def _text_without_entities(text: str) -> str:
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)


def _bare(word: str) -> str:
    """Return a command word to compare: without slash and final punctuation, in one case."""
    return straight(word).lstrip("/").rstrip(":,;.!?").casefold()


def _visible(text: str) -> str:
    return "".join(map(_visible_character, text[:LONGEST]))


def _visible_character(character: str) -> str:
    """Return the character; a blank for a space of any width; nothing for an invisible one."""
    if character.isspace() or character == _ZERO_WIDTH_SPACE:
        return " "
    hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs")
    return "" if hidden and character not in _JOINERS else character


_NO_QUOTES = dict.fromkeys(map(ord, _DOUBLE))
