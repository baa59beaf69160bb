"""Amounts of what is counted in something else than people, in words: the finding, two figures."""

from dataclasses import replace

from analytics.charts.other_units import amount
from analytics.skus import Unit
from analytics.values import Seats, Unknown
from handlers.chat.reply import Figures
from handlers.chat.services import Say
from handlers.output.unknowns import figure, why


def units_finding(words: str, sold: Seats, unit: Unit, say: Say, **values: object) -> str:
    """Say the amount, or why it is not known. `words` begins the catalogue's ids; the values are
    theirs besides.
    """
    if isinstance(sold, Unknown):
        return say(f"{words}-seats-unknown", why=why(sold, say), **values)
    return say(f"{words}-units", amount=amount(sold, unit, say), **values)


def unit_figures(sold: Seats, assigned: Seats, unit: Unit, say: Say) -> Figures:
    """The amount with its unit, and what of it is assigned."""
    total = figure(say("figure-units"), sold, "", say)
    if isinstance(sold, int):
        total = replace(total, value=amount(sold, unit, say))
    return Figures((total, figure(say("figure-assigned"), assigned, "", say)))
