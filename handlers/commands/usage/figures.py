"""The few important numbers of a customer's usage, each with a note to compare it with."""

from datetime import date

from analytics.questions.seats_on_day import SeatsOnDay
from analytics.questions.usage import UsageResult
from analytics.values import Seats, Unknown
from handlers.chat.reply import Figures
from handlers.chat.services import Say
from handlers.output.unknowns import figure


def figures(result: UsageResult, latest: SeatsOnDay, say: Say) -> Figures:
    """Sold, assigned, active and unassigned seats; the change of sold where the result states it.
    Active seats stand beside the seats they are counted among.
    """
    change = result.change
    sold = _change_note(change.sold, change.since, say) if change else ""
    return Figures(
        (
            figure(say("figure-sold"), latest.sold, sold, say),
            figure(say("figure-assigned"), latest.assigned, _of_sold(latest, say), say),
            figure(say("figure-active"), latest.active, _of_measured(latest, say), say),
            figure(say("figure-unassigned"), latest.unassigned, say("figure-unassigned-note"), say),
        )
    )


def _of_measured(latest: SeatsOnDay, say: Say) -> str:
    if isinstance(latest.measured_seats, Unknown):
        return ""
    return say("figure-active-note", n=latest.measured_seats)


def _of_sold(latest: SeatsOnDay, say: Say) -> str:
    share = latest.deployment
    if isinstance(share, Unknown) or share.value is None:
        return say("figure-none-sold")
    return say("figure-of-sold", share=say.percent(share.value))


def _change_note(change: Seats, since: date, say: Say) -> str:
    if isinstance(change, Unknown):
        return ""
    if not change:
        return say("figure-unchanged", day=since)
    return say("figure-change", change=say.signed_number(change), day=since)
