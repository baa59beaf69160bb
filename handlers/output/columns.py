"""Columns that tables of several commands have: seats, customers, products and workloads."""

from collections.abc import Mapping
from typing import Protocol

from analytics.questions.seats_on_day import WorkloadUse
from analytics.values import Customer, Seats
from handlers.output.tables import TableField


class SeatRow(Protocol):
    """A row of seats: of a product (`ProductSeats`), of a customer (`CustomerSeats`)."""

    @property
    def sold(self) -> Seats:
        """Seats sold."""
        ...

    @property
    def assigned(self) -> Seats:
        """Seats assigned to users."""
        ...

    @property
    def measured(self) -> Seats:
        """Seats sold whose use is measured."""
        ...

    @property
    def idle(self) -> Seats:
        """Measured seats that are not in use."""
        ...


SOLD: TableField[SeatRow] = TableField("column-sold", lambda each: each.sold)
ASSIGNED: TableField[SeatRow] = TableField("column-assigned", lambda each: each.assigned)
MEASURED: TableField[SeatRow] = TableField("column-measured", lambda each: each.measured)
IDLE: TableField[SeatRow] = TableField("column-idle", lambda each: each.idle)


class CustomersRow(Protocol):
    """A row of one customer's."""

    @property
    def customer(self) -> Customer:
        """The customer whose row it is."""
        ...


CUSTOMER: TableField[CustomersRow] = TableField(
    "column-customer", lambda each: each.customer.name, numeric=False
)


class CodedRow(Protocol):
    """A row of a product or workload that is known by its id (`ProductSeats`, `ProductUse`)."""

    @property
    def id(self) -> str:
        """The id of the product or workload."""
        ...


def product_name(names: Mapping[str, str]) -> TableField[CodedRow]:
    """Return the column of products by their names, which are by id."""
    return TableField("column-product", lambda each: names[each.id], numeric=False)


def workload_columns(names: Mapping[str, str]) -> list[TableField[WorkloadUse]]:
    """Return the columns of workloads: names, which are by id, and how far each is used."""
    return [
        TableField("column-workload", lambda each: names[each.id], numeric=False),
        TableField("column-used", lambda each: each.active),
        TableField("column-entitled", lambda each: each.entitled),
        TableField("column-usage", lambda each: each.usage),
    ]
