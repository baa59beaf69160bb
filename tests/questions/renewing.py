"""Subscriptions whose terms end, in as few words as a test needs; and the hand-written table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

from analytics.questions.renewals import Renewals, renewals
from analytics.questions.renewals.lines import RenewalLine
from analytics.tables import SUBSCRIPTIONS, Cell, Dataset, Row
from analytics.tables.later_fields import FORM, LATER_FIELDS
from analytics.values import Period
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark
from tests.warehouse.rows import opened, tenant
from tests.warehouse.staged import Parts, row, sync

TODAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
END = date(2026, 12, 13)
WINDOW_END = datetime(2026, 12, 4, 10, 12)  # noqa: DTZ001 as the column has it, in UTC
E3 = "CFQ7TTC0LFLX:0001:CFQ7TTC0ABCD"
LEGACY = "796b6b5f-613c-4e24-a17c-eba730d49c02"
EXTENDED = "Microsoft 365 E3 (Extended Service Term)"

_NONE: dict[str, Cell] = {column.name: None for column in LATER_FIELDS}


def sold(name: str, **cells: Cell) -> Row:
    """A subscription `customer/number`: ten seats of a year that renews by itself and ends on 13
    December, fetched with all fields, unless told otherwise.
    """
    whose, _, number = name.partition("/")
    usual: dict[str, Cell] = {
        "tenant": tenant(whose),
        "subscription": number,
        "status": "active",
        "offer": E3,
        "product_name": "Microsoft 365 E3",
        "product_type": "OnlineServicesNCE",
        "quantity": 10,
        "unit": "Licenses",
        "billing": "license",
        "term": "P1Y",
        "auto_renew": True,
        "trial": False,
        "created": date(2025, 12, 14),
        "starts": date(2025, 12, 14),
        "ends": END,
        "form": FORM,
    }
    return row(SUBSCRIPTIONS, **_NONE | usual | cells)


def fetched(
    folder: Path, *rows: Row, day: date = TODAY, more: Mapping[Dataset, Parts] | None = None
) -> Facts:
    """Facts after a sync that fetched these subscriptions, and what is given of other datasets."""
    of = {str(each[0]): [its for its in rows if its[0] == each[0]] for each in rows}
    given: dict[Dataset, Parts] = {SUBSCRIPTIONS: of, **(more or {})}
    sync(folder, day, given, *(Mark(each.name, day) for each in given))
    return opened(folder / "facts")


def asked(facts: Facts, period: Period | None = None, now: datetime = NOW) -> Renewals:
    """All renewals, every line of them."""
    return renewals(replace(facts, whole=True), None, now, period)


def lines(facts: Facts, period: Period | None = None, now: datetime = NOW) -> list[RenewalLine]:
    """The lines alone."""
    return list(asked(facts, period, now).lines)


@dataclass(frozen=True)
class HandWritten:
    """One subscription of the table, and what the table says of it."""

    cells: Mapping[str, Cell]
    case: str
    says: str
    act_by: datetime | None


def table() -> Iterator[HandWritten]:
    """Every subscription of the table, with all alternatives of each line."""
    text = Path(__file__).with_name("renewal_table.md").read_text("utf-8")
    heading, _, *rows = [line for line in text.splitlines() if line.startswith("|")]
    names = [cell.strip() for cell in heading.strip("|").split("|")]
    for line in rows:
        cells = [cell.strip().split("/") for cell in line.strip("|").split("|")]
        for chosen in product(*cells):
            yield _subscription(dict(zip(names, chosen, strict=True)))


def _subscription(said: Mapping[str, str]) -> HandWritten:
    starts = _starts(said)
    cells: dict[str, Cell] = {
        "status": said["state"],
        "trial": said["trial"] == "yes",
        "created": _BOUGHT[said["bought"]] if said["renewed"] == "yes" else starts,
        "starts": starts,
        "ends": _ENDS[said["ends"]],
        "term": said["term"],
        "auto_renew": {"on": True, "off": False, "-": None}[said["auto-renew"]],
        "next_quantity": 8 if said["scheduled"] == "yes" else None,
        "cancellable_until": WINDOW_END if said["window"] == "yes" else None,
        **_KINDS[said["kind"]],
        **_ACTIONS[said["actions"]],
    }
    if said["bought"] == "-":
        cells["created"] = None
    if said["bought"] == "early" and said["renewed"] == "no" and said["term"] != "P3Y":
        cells["created"] = _BOUGHT["early"]
    return HandWritten(cells, said["case"], said["says"], _instant(said["act by"]))


def _starts(said: Mapping[str, str]) -> date:
    """The first day of the term that runs."""
    if said["bought"] == "fresh":
        return date(2026, 11, 27)
    if said["term"] == "P1M":
        return date(2026, 11, 14)
    whole = said["term"] == "P3Y" and said["bought"] == "early" and said["renewed"] == "no"
    return date(2023, 12, 14) if whole else date(2025, 12, 14)


def _instant(said: str) -> datetime | None:
    if not said:
        return None
    if "T" in said:
        return datetime.fromisoformat(said).replace(tzinfo=UTC)
    return datetime.fromisoformat(f"{said}T23:59:59+00:00")


_BOUGHT = {
    "late": date(2025, 4, 1),
    "early": date(2025, 3, 31) - timedelta(days=365),
    "fresh": date(2026, 11, 27),
    "-": None,
}
_ENDS = {"usual": END, "far": date(2027, 11, 26), "none": None, "9999": date(9999, 12, 31)}
_KINDS: Mapping[str, Mapping[str, Cell]] = {
    "365": {},
    "software": {"product_type": "Software"},
    "untold": {"product_type": ""},
    "old": {"product_type": "", "offer": LEGACY},
    "extended": {"product_name": EXTENDED},
}
_ACTIONS: Mapping[str, Mapping[str, Cell]] = {
    "absent": {},
    "empty": {"scheduled_actions": "[]"},
    **{
        name: {"scheduled_actions": '[{"actionType": "…"}]', "end_action": word}
        for name, word in {
            "cancel": "Cancel",
            "extension": "RenewToExtendedServiceTerm",
            "new-term": "RenewToNewTerm",
            "transition": "Transition",
            "odd": "Hibernate",
        }.items()
    },
}
