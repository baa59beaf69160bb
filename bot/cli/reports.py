"""`seatwise reports [NUMBER]`: the answers that looked wrong to a reader, listed or one in full."""

import argparse
import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time

from analytics.values import TenantId, plain
from analytics.warehouse.facts import Unreadable
from bot.cli.console import tell
from bot.cli.grant import day
from bot.cli.rights_scope import CustomerFinder
from bot.environment import check_secret
from bot.partners import SERVED
from bot.settings import Settings, database_url
from bot.store.audit import Audit
from bot.store.database import opened_database
from bot.store.reports import ReportStore
from handlers.chat.reports import FiledReport
from handlers.messages.speaker import Speaker
from handlers.output.reports import customers_in, question_with_names

SUMMARY = "List the answers that readers reported as wrong, or show one report in full."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: one report's number or the first day to list, and the form."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument("number", nargs="?", type=int, help="show the report of this number in full")
    which.add_argument(
        "--since", type=day, metavar="YYYY-MM-DD", help="list those of this day and later, in UTC"
    )
    parser.add_argument(
        "--json", action="store_true", help="print all that is kept of them as JSON"
    )


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Print the reports, the newest first, or the one asked for; return 1 if that is not there."""
    check_secret(settings)
    found = asyncio.run(_find(settings, options))
    if options.number is not None and not found:
        tell(say("reports-unknown", number=str(options.number)))
        return 1
    if options.json:
        print(json.dumps([*map(_fields, found)] if options.number is None else _fields(found[0])))
        return 0
    one = options.number is not None
    wanted = found[0].report.customers if one else _customers_in(found)
    names = _names(wanted, settings, say)
    lines = _whole(found[0], names, say) if one else _list(found, names, options, say)
    print(*lines, sep="\n")
    return 0


async def _find(settings: Settings, options: argparse.Namespace) -> Sequence[FiledReport]:
    async with opened_database(database_url(settings)) as engine:
        store = ReportStore(engine, Audit(engine, settings.secret_key))
        if options.number is not None:
            one = await store.find(options.number, SERVED)
            return (one,) if one else ()
        since = datetime.combine(options.since, time(), UTC) if options.since else None
        return await store.all(SERVED, since)


def _customers_in(found: Iterable[FiledReport]) -> set[TenantId]:
    return {tenant for filed in found for tenant in customers_in(filed.report)}


def _names(wanted: Iterable[TenantId], settings: Settings, say: Speaker) -> Mapping[str, str]:
    """Return customers' names by id; none while the figures cannot be read."""
    try:
        return CustomerFinder(settings, say).names(wanted)
    except Unreadable:  # the reports are there all the same, and may be about that
        return {}


def _list(
    found: Sequence[FiledReport],
    names: Mapping[str, str],
    options: argparse.Namespace,
    say: Speaker,
) -> Iterator[str]:
    if not found:
        yield say("reports-none-since", day=options.since) if options.since else say("reports-none")
        return
    yield say("reports-listed", n=len(found))
    for filed in found:
        its = filed.report
        yield ""
        yield f"{filed.number}  {say.moment(its.at)}  {plain(str(its.reporter))}"
        yield f"   {plain(question_with_names(its.question, names))}"
        yield f"   {plain(its.said)}"


def _whole(filed: FiledReport, names: Mapping[str, str], say: Speaker) -> Iterator[str]:
    its, number = filed.report, str(filed.number)
    yield say("reports-one", number=number, moment=its.at, who=its.reporter)
    yield say("reports-question", question=question_with_names(its.question, names))
    if its.room:
        yield say("reports-room", room=its.room)
    unknown = its.generation is None
    generation = "reports-generation-unknown" if unknown else "reports-generation"
    yield say(generation, number=str(its.generation))
    yield from _block(say("reports-words"), its.said.splitlines())
    if its.customers:
        shown = (f"{names.get(each, '–')} ({each})" for each in its.customers)
        yield from _block(say("reports-customers", n=len(its.customers)), shown)
    else:
        yield from ("", say("reports-customers-none"))
    if its.stamp:
        yield from _block(say("reports-stamp"), its.stamp)


def _block(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a heading, and lines of others' text below it, which then move no cursor."""
    yield from ("", heading)
    yield from (f"   {piece}" for line in lines for piece in _pieces(line))


def _pieces(line: str) -> list[str]:
    """Cut a line, so that no piece is too long to be made harmless whole."""
    return [plain(line[at : at + 200]) for at in range(0, len(line), 200)] or [""]


def _fields(filed: FiledReport) -> dict[str, object]:
    """Return all that is kept of a report, as JSON types."""
    its = filed.report
    return {
        "number": filed.number,
        "at": its.at.isoformat(),
        "who": str(its.reporter),
        "room": its.room,
        "command": its.command,
        "question": its.question,
        "words": its.said,
        "customers": list(its.customers),
        "generation": its.generation,
        "stamp": list(its.stamp),
    }
