"""`/digest history 3`: the outcome of each run."""

from datetime import timedelta

from handlers.chat.digests import Digest, Run, RunState
from handlers.chat.reply import Choice, Choices, Paragraph, Part, Reply, Table, TableColumn
from handlers.chat.services import Say
from handlers.commands.digest.context import Context

_SHOWN = 15
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)


async def history(number: int | None, context: Context) -> Reply:
    """Show the digest's latest runs: when each was due, its outcome and the reason."""
    digest, say = await context.find_digest(number), context.say
    runs = await context.services.digests.history(digest, _SHOWN)
    title = say("digest-title", number=str(digest.number), question=digest.plan.title)
    parts: list[Part] = [Paragraph(title)]
    if not runs:
        parts.append(Paragraph(say("history-none")))
    else:
        parts.append(_table(digest, runs, say))
    show = Choice(say("button-show"), f"/digest show {digest.number}")
    return Reply((*parts, Choices(say("digest-next"), (show,))))


def _table(digest: Digest, runs: tuple[Run, ...], say: Say) -> Table:
    headings = ("run", "due", "became")
    columns = tuple(TableColumn(say(f"history-{name}"), numeric=name == "run") for name in headings)
    rows = tuple(
        (
            str(run.number),
            say.local(run.due, digest.plan.zone),
            run_outcome(run, say),
        )
        for run in runs
    )
    return Table(say("history-caption", n=len(runs)), columns, rows)


def run_outcome(run: Run, say: Say) -> str:
    """Say a run's outcome, its reason, how late it was, and whether it was by hand, repeated or
    stands for missed ones.
    """
    said = [say(f"history-{run.state.value}")]
    said += [say(f"run-why-{run.reason}")] if run.reason else []
    if run.state is RunState.SENT and run.at and run.at - run.due >= _MINUTE:
        said.append(_late(run.at - run.due, say))
    said += [say("history-by-hand")] if run.by_hand else []
    said += [say("history-repeated")] if run.repeated else []
    said += [say("history-missed", n=run.missed)] if run.missed else []
    return ", ".join(said)


def _late(by: timedelta, say: Say) -> str:
    if by < 2 * _HOUR:
        return say("history-late-minutes", n=by // _MINUTE)
    return say("history-late-hours", n=by // _HOUR)
