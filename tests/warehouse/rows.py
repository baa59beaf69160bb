"""Builds rows of licence data that say only what a test is about, and warehouses of them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_DNS, uuid5

from analytics.tables import DEPLOYMENT, LICENCES, USAGE, Batch, Cell, Dataset
from analytics.values import TenantId
from analytics.warehouse.building.build import Published, build
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts
from tests.warehouse.sights import sight

Line = tuple[Dataset, Mapping[str, Cell]]
"""One row: of which dataset, and its cells by our columns' names."""

META = {
    "made_up": "no",
    "built": "2026-11-22T09:30:00+00:00",
    "keep_activity_details": "yes",
}
E3 = "6fd2c87f-b296-42f0-b197-1e91e994b900"
DAY = date(2026, 11, 20)

_SHARED: dict[str, Cell] = {
    "day": DAY,
    "service": "o365",
    "service_name": "Microsoft Office 365",
    "channel": "reseller",
    "customer": "Contoso",
    "product": E3,
    "product_name": "OFFICE 365 ENTERPRISE E3",
}


def tenant(customer: str) -> TenantId:
    """The id of whoever is first called so."""
    return TenantId(str(uuid5(NAMESPACE_DNS, customer)))


def seats(sold: int, assigned: int = 0, **changes: Cell) -> Line:
    """A deployment row: Contoso's Office 365 E3 on 20 November, unless told otherwise."""
    cells = _SHARED | changes
    whose = tenant(str(cells["customer"]))
    return DEPLOYMENT, {"tenant": whose, "sold": sold, "assigned": assigned} | cells


def use(active: int, entitled: int, **changes: Cell) -> Line:
    """A usage row: of Exchange, and else as `seats`."""
    cells = _SHARED | {"workload": "exo", "workload_name": "Exchange"} | changes
    whose = tenant(str(cells["customer"]))
    return USAGE, {"tenant": whose, "active": active, "entitled": entitled} | cells


def batches(*lines: Line) -> list[Batch]:
    """The lines as the sources hand them over, one batch for each dataset."""
    return [
        Batch(
            dataset,
            tuple(
                tuple(cells[column.name] for column in dataset.columns)
                for its, cells in lines
                if its is dataset
            ),
        )
        for dataset in LICENCES
    ]


def publish(folder: Path, *lines: Line) -> Published:
    """Builds the lines into the folder's next generation."""
    return build(folder, batches(*lines), META)


def opened(folder: Path, visible: frozenset[TenantId] | None = None) -> Facts:
    """The current generation, for somebody who sees these customers."""
    generation = Warehouse(folder).current()
    assert generation is not None
    return Facts(generation, sight(visible))


def totals(facts: Facts) -> tuple[object, object]:
    """Seats sold and active people of everything: both datasets in one look."""
    ((sold,),) = facts.rows("SELECT sum(sold)::BIGINT FROM {deployment}")
    ((active,),) = facts.rows("SELECT sum(active)::BIGINT FROM {usage}")
    return sold, active
