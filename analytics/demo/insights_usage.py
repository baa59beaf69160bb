"""Insights reports of what the made-up partner's customers use: Office, Dynamics, Power BI,
Enterprise Mobility and Teams.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from analytics.demo.contracts import later
from analytics.demo.holdings import Holding, held_on
from analytics.demo.insights_cells import Cells, customer_cells, month_cells, seat_cells
from analytics.demo.page import DemoPage, sheets
from analytics.demo.seats import Seats
from analytics.demo.stories import Story, made_up_id
from analytics.demo.workloads import WORKLOADS
from analytics.tables.insights_teams import (
    INSIGHTS_TEAMS_APPS,
    INSIGHTS_TEAMS_MEETINGS,
    INSIGHTS_TEAMS_WORKLOADS,
)
from analytics.tables.insights_usage import (
    INSIGHTS_DYNAMICS,
    INSIGHTS_EMS,
    INSIGHTS_OFFICE,
    INSIGHTS_POWER_BI,
)

_SHOWN = ("Contoso", "Fabrikam Bikes", "Relecloud")
"""Customers of the reports that would have many rows."""
_OFFICE = ("Exchange", "SharePoint", "Teams")
_APPS = (("Trello", 0.08), ("Miro", 0.05))
_WAYS = (("Meetings", 0.6), ("Calls", 0.3))
_MEETING_DAYS = 28


def usage_sheets(
    stories: tuple[Story, ...], months: Sequence[date], today: date
) -> Iterator[DemoPage]:
    """Yield the reports of seats and people, by month, and those of Teams."""
    newest = today - timedelta(days=1)
    rows: dict[str, list[Cells]] = {name: [] for name in ("Office", "Dynamics", "PowerBI", "EMS")}
    for month in months:
        for holding, seats in held_on(stories, later(month, 1) - timedelta(days=1), newest):
            shown = holding.story.name in _SHOWN
            if holding.sku.family in ("Dynamics", "PowerBI", "EMS") and not holding.sku.free:
                rows[holding.sku.family].append(_product(holding, seats, month))
            elif shown and "Exchange" in holding.sku.workloads:
                rows["Office"] += [_workload(holding, seats, month, word) for word in _OFFICE]
    yield from sheets(INSIGHTS_OFFICE, today, rows["Office"])
    yield from sheets(INSIGHTS_DYNAMICS, today, rows["Dynamics"])
    yield from sheets(INSIGHTS_POWER_BI, today, rows["PowerBI"])
    yield from sheets(INSIGHTS_EMS, today, rows["EMS"])
    yield from _teams_sheets([story.name for story in stories], months, today)


def _product(holding: Holding, seats: Seats, month: date) -> Cells:
    active = min(round(seats.held * 0.7), seats.sold)
    name = holding.story.name
    return {
        **customer_cells(name),
        **month_cells(month),
        **seat_cells(seats.sold),
        "SubscriptionId": made_up_id(f"{name}/{holding.sku.part}"),
        "SubscriptionState": "Active",
        "RevSumDivisionName": holding.sku.family,
        "RevSumCategoryName": holding.sku.family,
        "SKU": holding.sku.name,
        "SKUId": holding.sku.id,
        "FreeVsPaidSKU": "Paid",
        "SalesModel": "CSP",
        "AssignedSeats": seats.assigned,
        "ActiveSeats": active,
        "DeploymentOpportunity": max(seats.sold - seats.assigned, 0),
        "ActiveUsagePercent": round(active / seats.sold, 4) if seats.sold else 0,
        "MonthlyActiveUsers": active,
        "AADPPaidAvailableUnits": seats.sold,
        "AADPMonthlyActiveUsers": active,
        "IntunePaidAvailableUnits": seats.sold,
        "IntuneMonthlyActiveUsers": round(active * 0.6),
    }


def _workload(holding: Holding, seats: Seats, month: date, word: str) -> Cells:
    return {
        **customer_cells(holding.story.name),
        **month_cells(month),
        **seat_cells(seats.sold),
        "WorkloadName": word,
        "MonthlyActiveUsers": round(seats.held * WORKLOADS[word].rate),
    }


def _teams_sheets(names: Sequence[str], months: Sequence[date], today: date) -> Iterator[DemoPage]:
    shown = [name for name in _SHOWN if name in names]
    apps: list[Cells] = []
    ways: list[Cells] = []
    for name in shown:
        people = 40 + int(made_up_id(name)[:2], 16)
        for month in months:
            fixed = {**customer_cells(name), **month_cells(month)}
            apps += [{**fixed, "AppName": app, "Usercount": round(people * p)} for app, p in _APPS]
            ways += [{**fixed, **_devices(way, round(people * p))} for way, p in _WAYS]
    yield from sheets(INSIGHTS_TEAMS_APPS, today, apps)
    yield from sheets(INSIGHTS_TEAMS_WORKLOADS, today, ways)
    yield from sheets(INSIGHTS_TEAMS_MEETINGS, today, _meetings(shown, today))


def _devices(way: str, people: int) -> Cells:
    return {
        "SubWorkload": way,
        "DesktopUsers": round(people * 0.8),
        "WebUsers": round(people * 0.1),
        "MobileUsers": round(people * 0.4),
        "AllUpParticipants": people,
    }


def _meetings(names: Sequence[str], today: date) -> Iterator[Cells]:
    """Yield the meetings of each working day of four weeks."""
    for name in names:
        for back in range(_MEETING_DAYS, 0, -1):
            day = today - timedelta(days=back)
            if day.weekday() < 5:
                count = 20 + int(made_up_id(f"{name} {day}")[:2], 16) % 12
                told = {"SubWorkload": "Meetings", "Meeting count": count}
                yield {
                    **customer_cells(name), **told, "DateKey": day, "Meeting duration": count * 38.5
                }  # fmt: skip
