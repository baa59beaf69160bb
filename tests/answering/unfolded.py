"""Replies with what lies behind them in its place: all that a reader can unfold is looked at."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.cli.terminal_text import reply_text
from handlers.chat.reply import Details, Part, Reply


def unfolded_parts(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts, and behind each fold what is in it."""
    for part in parts:
        yield part
        if isinstance(part, Details):
            yield from unfolded_parts(part.parts)


def unfolded_text(reply: Reply) -> str:
    """The whole reply as a terminal prints it, its details under their button."""
    return reply_text(replace(reply, parts=tuple(unfolded_parts(reply.parts))))
