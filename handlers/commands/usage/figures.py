"""The few numbers of a customer's usage that matter, each with what it is to be read against."""

from analytics.questions.standing import Standing
from analytics.questions.usage import UsageResult
from handlers.chat.reply import Figure, Figures
from handlers.chat.services import Say


def figures(result: UsageResult, latest: Standing, say: Say) -> Figures:
    """Sold, assigned, active and unassigned seats; changes where one is claimed."""
    change = result.change
    share = say.percent(latest.assigned / latest.sold) if latest.sold else ""
    return Figures(
        (
            Figure(
                say("figure-sold"),
                say.number(latest.sold),
                _moved(change.sold if change else None, say),
            ),
            Figure(
                say("figure-assigned"),
                say.number(latest.assigned),
                say("figure-of-sold", share=share) if share else say("figure-none-sold"),
            ),
            _active(latest, change.active if change else None, say),
            Figure(
                say("figure-unassigned"),
                say.number(latest.unassigned),
                say("figure-unassigned-note"),
            ),
        )
    )


def _active(latest: Standing, moved: int | None, say: Say) -> Figure:
    if latest.active is None:
        return Figure(say("figure-active"), say("not-known"), say("figure-active-unknown"))
    return Figure(
        say("figure-active"),
        say.number(latest.active),
        _moved(moved, say) or say("figure-active-note"),
    )


def _moved(change: int | None, say: Say) -> str:
    if change is None:
        return ""
    return say("figure-change", change=say.signed(change)) if change else say("figure-unchanged")
