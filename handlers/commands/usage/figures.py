"""The few important numbers of a customer's usage, each with a note to compare it with."""

from analytics.questions.seats_on_day import SeatsOnDay
from analytics.questions.usage import UsageResult
from analytics.values import Seats, Unknown
from handlers.chat.reply import Figures
from handlers.chat.services import Say
from handlers.output.unknowns import figure


def figures(result: UsageResult, latest: SeatsOnDay, say: Say) -> Figures:
    """Sold, assigned, active and unassigned seats; changes where the result states them."""
    change = result.change
    sold = _change_note(change.sold if change else None, say)
    active = _change_note(change.active if change else None, say) or say("figure-active-note")
    return Figures(
        (
            figure(say("figure-sold"), latest.sold, sold, say),
            figure(say("figure-assigned"), latest.assigned, _of_sold(latest, say), say),
            figure(say("figure-active"), latest.active, active, say),
            figure(say("figure-unassigned"), latest.unassigned, say("figure-unassigned-note"), say),
        )
    )


def _of_sold(latest: SeatsOnDay, say: Say) -> str:
    share = latest.deployment
    if isinstance(share, Unknown) or share.value is None:
        return say("figure-none-sold")
    return say("figure-of-sold", share=say.percent(share.value))


def _change_note(change: Seats | None, say: Say) -> str:
    if change is None or isinstance(change, Unknown):
        return ""
    return (
        say("figure-change", change=say.signed_number(change))
        if change
        else say("figure-unchanged")
    )
