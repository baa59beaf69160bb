"""Reasons why a figure is not known, in words."""

from analytics.values import Seats, Unknown, Why
from handlers.chat.reply import Figure
from handlers.chat.services import Say


def why(unknown: Unknown, say: Say) -> str:
    """Say the reason as a clause."""
    return say(f"unknown-{unknown.why.value}", dataset=say(f"dataset-{unknown.dataset}"))


def figure(label: str, seats: Seats, note: str, say: Say) -> Figure:
    """Make a tile; where the figure is not known, its note is the reason."""
    if isinstance(seats, Unknown):
        return Figure(label, say("not-known"), why(seats, say), seats)
    return Figure(label, say.number(seats), note)


def cell(seats: Seats, say: Say) -> str:
    """Write a figure for a table: a dash where the source measures none."""
    if isinstance(seats, Unknown):
        return "–" if seats.why is Why.NOT_MEASURED else say("not-known")
    return say.number(seats)
