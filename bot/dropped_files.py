"""Files that somebody sends to the bot, as the question that imports them."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.chat.asking import Ask, RoomKind
from handlers.chat.dropped_files import DroppedFile, FileDrop

_IMPORT = "/import"


def import_question(ask: Ask, files: Sequence[DroppedFile], drop: FileDrop) -> Ask:
    """Return the question that is asked by files beside the words of `ask`. In the asker's own
    conversation it imports them, and the words go along. Elsewhere files are not read: there the
    words are asked, and where there are none, how files are imported. Words beside pictures alone
    are asked too.
    """
    if not files or (ask.text.strip() and all(each.is_picture for each in files)):
        return ask
    if ask.room.kind is RoomKind.PRIVATE:
        token = drop.announce(files, ask.asker)
        return replace(ask, text=f"{_IMPORT} {token}", said=ask.text.strip())
    return ask if ask.text.strip() else replace(ask, text=_IMPORT)


def is_import(ask: Ask) -> bool:
    """Check whether a question imports files: it keeps time limits of its own."""
    return ask.text.startswith(f"{_IMPORT} ")
