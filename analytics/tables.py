"""Each dataset's columns: meaning, unit, the field they come from; rows on their way in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

Cell = str | int | date
Row = tuple[Cell, ...]


class Kind(Enum):
    """What a cell holds, and so how its text is read."""

    TEXT = "text"
    COUNT = "count"
    DAY = "day"
    TENANT = "tenant"
    """A customer's GUID, kept in lower case."""
    CODE = "code"
    """A product's, service's or workload's code, kept in lower case: endpoints differ in case."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: our name, the source's field, what it means, other spellings of its heading."""

    name: str
    field: str
    kind: Kind
    meaning: str
    aliases: tuple[str, ...] = ()
    key: bool = False
    """Whether it is part of what makes a row one row; the last row of a key wins."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table as one endpoint gives it."""

    name: str
    endpoint: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> tuple[int, ...]:
        """Positions of the columns that make a row one row."""
        return tuple(at for at, column in enumerate(self.columns) if column.key)

    def at(self, name: str) -> int:
        """The position of the column we call `name`; KeyError when there is none."""
        return {column.name: at for at, column in enumerate(self.columns)}[name]


_DIMENSIONS = (
    Column(
        "day",
        "processedDateTime",
        Kind.DAY,
        "day the source worked the figures out; differs per service",
        aliases=("processedDate", "processedDay"),
        key=True,
    ),
    Column("service", "serviceCode", Kind.CODE, "service, such as o365 or crm", key=True),
    Column("service_name", "serviceName", Kind.TEXT, "the service's name"),
    Column("channel", "channel", Kind.TEXT, "how it was sold, such as reseller", key=True),
    Column(
        "tenant",
        "customerTenantId",
        Kind.TENANT,
        "the customer",
        aliases=("customerId", "tenantId"),
        key=True,
    ),
    Column("customer", "customerName", Kind.TEXT, "the customer's name"),
    Column(
        "product",
        "productId",
        Kind.CODE,
        "the product's SKU as a GUID",
        aliases=("skuId",),
        key=True,
    ),
    Column("product_name", "productName", Kind.TEXT, "the product's name", aliases=("skuName",)),
)

DEPLOYMENT = Dataset(
    "deployment",
    "/partner/v1/analytics/commercial/deployment/license",
    (
        *_DIMENSIONS,
        Column(
            "assigned",
            "licensesDeployed",
            Kind.COUNT,
            "seats assigned to users",
            aliases=("licenseDeployed",),
        ),
        Column(
            "sold",
            "licensesSold",
            Kind.COUNT,
            "seats sold, by every partner and directly",
            aliases=("licenseSold",),
        ),
    ),
)

USAGE = Dataset(
    "usage",
    "/partner/v1/analytics/commercial/usage/license",
    (
        *_DIMENSIONS,
        Column("workload", "workloadCode", Kind.CODE, "workload, such as EXO or SPO", key=True),
        Column("workload_name", "workloadName", Kind.TEXT, "the workload's name"),
        Column(
            "active",
            "licensesActive",
            Kind.COUNT,
            "people who used the workload within 28 days",
            aliases=("licenseActive",),
        ),
        Column(
            "entitled",
            "licensesQualified",
            Kind.COUNT,
            "seats entitled to the workload",
            aliases=("licenseQualified",),
        ),
    ),
)

DATASETS = (DEPLOYMENT, USAGE)


@dataclass(frozen=True, slots=True)
class Batch:
    """Checked rows of one dataset, in its column order: counts are int, never negative."""

    dataset: Dataset
    rows: tuple[Row, ...]
    incomplete: Mapping[tuple[str, date], int] = field(default_factory=dict)
    """By (service, day): how many rows the source announced in all, where fewer came."""
    together: tuple[frozenset[tuple[str, date]], ...] = ()
    """The (service, day)s that one announcement is about; those in none are each alone."""
