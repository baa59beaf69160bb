"""Decisions as entries, in the order of the answer."""

from analytics.questions.renewals import SHOWN, Renewals
from analytics.questions.renewals.lines import RenewalLine
from handlers.chat.reply import Paragraph, Part
from handlers.chat.services import Say
from handlers.output.decisions import line_parts
from handlers.output.renewals import entry


def listed_lines(result: Renewals, decisions: int, say: Say) -> list[Part]:
    """Return the first ten decisions; where there are more, how many before them."""
    shown = result.lines[:SHOWN]
    cut = [Paragraph(say("renewals-first", shown=len(shown), rows=decisions))]
    parts: list[Part] = [*(cut if decisions > len(shown) else [])]
    for line in shown:
        parts += _line(line, result, say)
    return parts


def _line(line: RenewalLine, result: Renewals, say: Say) -> list[Part]:
    """Return a decision as an entry, and behind it its buttons, or what was decided."""
    its = entry(line, result.now, say, names_customer=result.customer is None)
    return [its, *line_parts(line, result.now, say)]
