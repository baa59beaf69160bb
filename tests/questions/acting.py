"""Records of the activity log in as few words as a test needs."""

from datetime import date, datetime
from pathlib import Path

from analytics.questions.activity import ActivityResult
from analytics.tables import AUDIT, SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS, Cell, Dataset, Row
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark
from tests.questions.asking import november
from tests.questions.subscribing import line, own
from tests.warehouse.rows import opened, tenant
from tests.warehouse.staged import Parts, row, sync

TODAY = november(22)
FABRIKAM = tenant("Fabrikam")
OFFER = "CFQ7TTC0HD32:0002:CFQ7TTC0VSIO"
SEATS = {"subscription": "s1", "offer": OFFER}


def at(hour: int, minute: int = 0, second: int = 0, day: int = 20) -> datetime:
    """A moment of November 2026, in UTC."""
    return datetime(2026, 11, day, hour, minute, second)  # noqa: DTZ001 as the column has it


def record(event: str, day: int = 20, **cells: Cell) -> Row:
    """Something that Ann did for Contoso on a day of November, as the API tells of it."""
    usual: dict[str, Cell] = {
        "moment": november(day),
        "operation": event,
        "who": "ann@partner.example",
        "status": "succeeded",
        "customer": "Contoso" if "tenant" not in cells else "",
        **dict.fromkeys(("quantity_before", "quantity_after", "user_count")),
    }
    return row(AUDIT, event=event, **usual | cells)


def done(event: str, operation: str, **cells: Cell) -> Row:
    """A record of an operation that Microsoft documents."""
    return record(event, **{"operation": operation, **cells})


def synced(
    folder: Path, *rows: Row, mark: Mark | None = None, days: tuple[int, ...] = (20,)
) -> Facts:
    """Facts of a sync of 22 November that brought these records, and whole days of November; for a
    reader of everything.
    """
    parts: dict[str, list[Row] | None] = {str(november(day)): [] for day in days}
    parts[str(november(days[0]))] = list(rows)
    sync(folder, TODAY, {AUDIT: parts}, mark or Mark(AUDIT.name, TODAY))
    return opened(folder / "facts")


def with_products(folder: Path, *rows: Row) -> Facts:
    """The same with the subscription s1 of Contoso, which is Visio, ended by now; and one of
    Fabrikam of the same offer under another name.
    """
    lists: Parts = {
        tenant("Contoso"): [own("Contoso/s1", "deleted", offer=OFFER, product_name="Visio Plan 2")],
        FABRIKAM: [own("Fabrikam/s9", offer="OTHER:0001", product_name="Fabrikam's own")],
    }
    given: dict[Dataset, Parts] = {
        AUDIT: {"2026-11-20": list(rows)},
        SUBSCRIPTIONS: lists,
        SUBSCRIPTION_INSIGHTS: {"": [line("Contoso/s2", product_name="POWER BI PRO")]},
    }
    marks = [Mark(dataset.name, TODAY) for dataset in given]
    sync(folder, TODAY, given, *marks)
    return opened(folder / "facts")


def operations(result: ActivityResult) -> list[str]:
    """The first operation of each line, the newest first."""
    return [each.lead.operation for each in result.newest]


def long_ago(back: int) -> date:
    """A day before the sync."""
    return date.fromordinal(TODAY.toordinal() - back)
