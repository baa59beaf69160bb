"""Insights reports of what the made-up partner sold, month by month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from analytics.demo.azure import month_cost
from analytics.demo.contracts import Contract, later
from analytics.demo.insights_cells import (
    EDUCATION,
    Cells,
    contract_cells,
    customer_cells,
    month_cells,
    reseller_cells,
    seat_cells,
)
from analytics.demo.page import DemoPage, sheets
from analytics.demo.planted import planted_in
from analytics.demo.stories import made_up_id
from analytics.tables import Dataset
from analytics.tables.insights_sales import (
    INSIGHTS_AZURE,
    INSIGHTS_CUSTOMERS,
    INSIGHTS_RESELLERS,
    INSIGHTS_SEATS,
    SALES,
)

_A_SEAT = 14.5
"""US dollars billed for a seat and month; nothing for one of a trial, or not in force."""
_SERVICES = (("Compute", "Virtual Machines", 0.7), ("Storage", "Storage", 0.3))


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """Subscriptions as they stand when a month ends; the month is its first day."""

    month: date
    contracts: Sequence[Contract]

    @property
    def sold(self) -> list[Contract]:
        """Seats standing at the end or ended within the month."""
        return [each for each in self.contracts if each.quantity and self._tells(each)]

    def _tells(self, contract: Contract) -> bool:
        gone = contract.deprovisioned
        return contract.status != "pending" and (gone is None or gone >= self.month)


def sales_sheets(months: Sequence[MonthEnd], asked: date) -> Iterator[DemoPage]:
    """Yield the four reports: customers of all months, the others of the newest three."""
    recent = months[-3:]
    reports = {
        INSIGHTS_CUSTOMERS.name: [row for each in months for row in _customers(each)],
        INSIGHTS_SEATS.name: [row for each in recent for row in _seats(each)],
        INSIGHTS_AZURE.name: [row for each in recent for row in _azure(each)],
        INSIGHTS_RESELLERS.name: [row for each in recent for row in _resold(each)],
    }
    for dataset in SALES:
        rows = _with_planted(dataset, reports[dataset.name], months[-1].month)
        yield from sheets(dataset, asked, rows)


def _customers(end: MonthEnd) -> Iterator[Cells]:
    """Yield a row for each customer, in the month after the last subscription ended too."""
    for name in dict.fromkeys(each.customer for each in end.contracts):
        theirs = [each for each in end.contracts if each.customer == name]
        last = max((each.deprovisioned or date.max for each in theirs), default=date.max)
        if last < later(end.month, -1):
            continue
        seats = sum(each.counted_seats for each in theirs)
        yield {
            **customer_cells(name),
            **month_cells(end.month),
            **seat_cells(seats),
            "CustomerStatus": "Active" if seats else "Churned",
            "Product": theirs[0].product,
            "BilledRevenueUSD": _billed_amount(name, seats),
            "AzureConsumedRevenueUSD": month_cost(name, end.month),
        }


def _seats(end: MonthEnd) -> Iterator[Cells]:
    """Yield a row for each subscription; one is told by another location too, and says so."""
    for contract in end.sold:
        row: Cells = {
            **contract_cells(contract),
            **month_cells(end.month),
            "BilledRevenueUSD": _billed_amount(contract.customer, contract.counted_seats),
            "AzureConsumedRevenueUSD": 0,
        }
        yield row
        if contract.customer == "Relecloud":
            yield {**row, "MPNID": "7000003", "IsDuplicateRowForPGA": "1"}


def _azure(end: MonthEnd) -> Iterator[Cells]:
    """Yield a row for each service of each Azure plan; both tell the whole plan's amount too."""
    plans = [each for each in end.contracts if each.quantity is None]
    for plan, (service, finer, part) in product(plans, _SERVICES):
        whole = month_cost(plan.customer, end.month)
        yield {
            **customer_cells(plan.customer),
            **month_cells(end.month),
            "SubscriptionId": made_up_id(f"{plan.customer}/Azure subscription"),
            "SubscriptionState": "Active",
            "ServiceLevel1": service,
            "ServiceLevel2": finer,
            "UsageUnits": "1 Hour",
            "UsageQuantity": round(720 * part, 1),
            "IsACRDuplicateAtPGALevel": "0",
            "IsACRDuplicateAtMPNLevel": "0",
            "ACR_USD": round(whole * part, 2),
            "MonthlySubscriptionLevelACR": whole,
        }


def _resold(end: MonthEnd) -> Iterator[Cells]:
    for contract in end.sold:
        if contract.reseller:
            yield {
                **contract_cells(contract),
                **month_cells(end.month),
                **reseller_cells(contract),
                "AssignedSeats": contract.quantity,
                "BilledRevenueUSD": _billed_amount(contract.customer, contract.counted_seats),
            }


def _billed_amount(customer: str, seats: int) -> float | str:
    """Return the dollars billed for a month; empty for a customer without a price."""
    return "" if customer == EDUCATION else round(seats * _A_SEAT, 2)


def _with_planted(dataset: Dataset, rows: Sequence[Cells], month: date) -> Iterator[Cells]:
    """Yield the rows, Contoso's first (or any) of the newest month with what is planted."""
    words = planted_in(dataset.name)
    planted = {c.field: words[c.name] for c in dataset.columns if c.name in words}
    newest = [at for at, row in enumerate(rows) if row["Month"] == month]
    theirs = [at for at in newest if rows[at]["CustomerName"] == "Contoso"]
    chosen = next(iter((*theirs, *newest)), None)
    for at, row in enumerate(rows):
        yield {**row, **planted} if at == chosen else row
