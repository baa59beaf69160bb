"""Rights as a file that people edit in a spreadsheet and give back."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from analytics.sources.formula_cells import harmless_text
from handlers.chat.access import Grant, Role
from handlers.chat.asking import UserRef
from handlers.chat.groups import GROUP
from handlers.chat.rights_plan import BETWEEN, COLUMNS, NO_CUSTOMER

_DAY = timedelta(days=1)


def rights_file(holders: Iterable[tuple[UserRef, Grant]]) -> str:
    """Return the rights as CSV, a line for each; read_rights() reads them back equal. Rights that
    the settings give are left out, since no file gives them.

    Customers are tenant ids, which nothing else can be called; scopes have their names. Texts that
    a spreadsheet would run as formulas get an apostrophe in front.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for person, grant in holders:
        if grant.by != "settings":
            writer.writerow(map(harmless_text, _cells(person, grant)))
    return out.getvalue()


def _cells(person: UserRef, grant: Grant) -> tuple[str, ...]:
    named = grant.with_people and grant.role is not Role.ADMIN
    return (
        str(person),
        grant.role.value,
        "yes" if named else "no",
        _customers(grant),
        _last_day(grant.until) if grant.until else "",
        grant.reason,
    )


def _customers(grant: Grant) -> str:
    """Return the cell of customers by id and scopes by name; a deleted scope is left out."""
    if grant.customers is None:
        return ""
    scopes = [f"{GROUP}{each.name}" for each in grant.scopes if not each.is_gone]
    return BETWEEN.join([*sorted(grant.customers), *scopes]) or NO_CUSTOMER


def _last_day(until: datetime) -> str:
    """Return the last day in UTC; the instant itself where that is not the end of such a day."""
    if until.time() == time():
        return (until - _DAY).date().isoformat()
    return until.isoformat()
