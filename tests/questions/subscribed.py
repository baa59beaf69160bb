"""Syncs of subscription analytics that say only what a test is about."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb

from analytics.tables import CUSTOMERS, SUBSCRIPTION_INSIGHTS, Cell, Row
from analytics.values import TenantId
from analytics.warehouse.building.seat_tables import SEAT_TABLES, write_seats
from analytics.warehouse.facts import Facts
from analytics.warehouse.marks import Mark
from tests.warehouse.rows import opened, tenant
from tests.warehouse.staged import row, sync

Line = Mapping[str, Cell]


def sub(customer: str, number: str, status: str = "active", **changes: Cell) -> Line:
    """A subscription: active, of 10 seats of Microsoft 365 E3, bought long ago, unless told
    otherwise.
    """
    return {
        "tenant": tenant(customer),
        "customer": customer,
        "subscription": number,
        "status": status,
        "product_name": "MICROSOFT 365 E3",
        "quantity": 10,
        "created": date(2024, 3, 1),
        "starts": date(2024, 3, 1),
        **changes,
    }


def told(
    folder: Path,
    days: Mapping[date, list[Line]],
    visible: frozenset[TenantId] | None = None,
    unlisted: Mapping[date, list[str]] | None = None,
) -> Facts:
    """The facts after a whole sync on each of the days, each telling these subscriptions, and their
    customers but for those `unlisted` on it.
    """
    for today, lines in days.items():
        rows: list[Row] = [row(SUBSCRIPTION_INSIGHTS, **line) for line in lines]
        names = {str(line["tenant"]): str(line["customer"]) for line in lines}
        gone = {tenant(name) for name in (unlisted or {}).get(today, [])}
        listed: list[Row] = [
            row(CUSTOMERS, tenant=its, customer=name)
            for its, name in names.items()
            if its not in gone
        ]
        given = {SUBSCRIPTION_INSIGHTS: {"": rows}, CUSTOMERS: {"": listed}}
        sync(folder, today, given, *(Mark(each.name, today) for each in given))
    return opened(folder / "facts", visible)


def spans(days: Mapping[date, list[Line]]) -> list[dict[str, Cell]]:
    """The rows that syncs on these days leave, each with the days it was first seen and missed."""
    found: list[dict[str, Cell]] = []
    standing: dict[object, dict[str, Cell]] = {}
    for today, lines in days.items():
        told = {(line["tenant"], line["subscription"]): line for line in lines}
        for key in [key for key, span in standing.items() if _line_of(span) != told.get(key)]:
            standing.pop(key)["until"] = today
        for key in told.keys() - standing.keys():
            standing[key] = {**told[key], "since": today, "until": None}
            found.append(standing[key])
    return found


def _line_of(span: Line) -> Line:
    return {name: cell for name, cell in span.items() if name not in {"since", "until"}}


def rewritten(made: Path, folder: Path, days: Mapping[date, list[Line]]) -> Facts:
    """The facts of these days in a copy of a generation that `told` made, in place of its own."""
    shutil.copytree(made, folder / "facts")
    (file,) = (folder / "facts").glob("facts-*.duckdb")
    file.chmod(0o600)
    with duckdb.connect(file) as con:
        con.execute("DELETE FROM subscription_insights")
        for span in spans(days):
            names, gaps = ", ".join(span), ", ".join("?" * len(span))
            row_sql = f"INSERT INTO subscription_insights ({names}) VALUES ({gaps})"  # noqa: S608 our own
            con.execute(row_sql, [*span.values()])
        for table in SEAT_TABLES:
            con.execute(f"DROP TABLE {table}")
        write_seats(con)
    return opened(folder / "facts")
