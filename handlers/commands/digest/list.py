"""`/digest list`: the asker's own digests; a partner admin sees all digests of the partner."""

from handlers.chat.digests import Digest, State
from handlers.chat.reply import Choice, Choices, Paragraph, Part, Reply, Table, TableColumn
from handlers.commands.digest.cards import examples
from handlers.commands.digest.context import Context
from handlers.output.schedules import describe

_BUTTONS = 10
"""Number of digests that have a button; the others are shown by typing their number."""


async def digest_list(context: Context) -> Reply:
    """Show a row for each digest, and buttons that show them; where there are none, how to make
    one.
    """
    say = context.say
    found = [
        digest
        for digest in await context.services.digests.all(context.partner)
        if context.admin or digest.owner == context.asker
    ]
    if not found:
        return examples(say("digest-none"), context)
    parts: list[Part] = [_table(found, context)]
    items = tuple(
        Choice(
            say("button-show-number", number=str(digest.number)), f"/digest show {digest.number}"
        )
        for digest in found[:_BUTTONS]
    )
    parts.append(Choices(say("digest-list-more"), items))
    if len(found) > _BUTTONS:
        parts.append(Paragraph(say("digest-list-others")))
    return Reply(tuple(parts))


def _table(found: list[Digest], context: Context) -> Table:
    say = context.say
    headings = ("number", "question", "when", "next", "where")
    columns = [
        TableColumn(say(f"digest-column-{name}"), numeric=name == "number") for name in headings
    ]
    rows = [_row(digest, context) for digest in found]
    if any(digest.owner != context.asker for digest in found):
        columns.append(TableColumn(say("digest-column-owner")))
        called = context.services.people.display_name
        rows = [(*row, called(d.owner)) for row, d in zip(rows, found, strict=True)]
    return Table(say("digest-list", n=len(found)), tuple(columns), tuple(rows))


def _row(digest: Digest, context: Context) -> tuple[str, ...]:
    say, plan = context.say, digest.plan
    due = say.local(digest.next_due, plan.zone) if digest.next_due else _state_text(digest, context)
    where = plan.room_name if plan.room.address else say("digest-list-owner")
    return (
        str(digest.number),
        plan.title,
        describe(plan.cron, say),
        due,
        where or say("digest-a-room"),
    )


def _state_text(digest: Digest, context: Context) -> str:
    ids = {State.PAUSED: "digest-list-paused", State.BROKEN: "digest-list-broken"}
    return context.say(ids.get(digest.state, "digest-list-never"))
