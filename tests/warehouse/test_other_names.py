"""Names that customers had before, or have in another source."""

from datetime import date
from pathlib import Path

from analytics.tables import Batch
from analytics.tables.customers import CUSTOMERS
from analytics.warehouse.building.build import build
from analytics.warehouse.erased_list import ErasedList
from analytics.warehouse.erasure import erase
from analytics.warehouse.name_index.names import How
from tests.warehouse.rows import META, batches, opened, publish, seats, tenant

ALDER = tenant("Alder Works")
BEFORE = seats(5, customer="Alder Works", tenant=ALDER, day=date(2026, 10, 3))
AFTER = seats(5, customer="Yarrow Holdings", tenant=ALDER)


def found(folder: Path, said: str) -> tuple[How, list[str]]:
    """How a name was met, and the customers under the names shown."""
    hits, customers = opened(folder).find(said)
    return hits.how, [customer.name for customer in customers]


def test_a_renamed_customer_is_found_by_both_names(tmp_path: Path) -> None:
    publish(tmp_path, BEFORE)
    publish(tmp_path, AFTER)
    publish(tmp_path, seats(9))  # a later import remembers both
    assert found(tmp_path, "yarrow") == (How.PREFIX, ["Yarrow Holdings"])
    assert found(tmp_path, "alder works") == (How.FORMER, ["Yarrow Holdings"])


def test_the_first_words_of_a_former_name_find_too_but_no_part(tmp_path: Path) -> None:
    other = seats(7, customer="Birch Ltd", tenant=tenant("Birch"))
    publish(tmp_path, BEFORE, other)
    publish(tmp_path, AFTER)
    assert found(tmp_path, "alder") == (How.FORMER_START, ["Yarrow Holdings"])
    for part in ("ald", "works", "alder wo"):
        assert found(tmp_path, part)[0] is How.NOTHING
    publish(tmp_path, seats(8, customer="Alder Trees", tenant=tenant("Alder Trees")))
    assert found(tmp_path, "alder") == (
        How.PREFIX,
        ["Alder Trees"],
    )  # a name of today is sooner meant


def test_the_name_in_another_source_finds_too_and_so_does_the_domain(tmp_path: Path) -> None:
    listed = ((ALDER, "Yarrow Holdings", "alder.example", "reseller"),)
    build(tmp_path, [*batches(BEFORE), Batch(CUSTOMERS, listed)], META)
    assert found(tmp_path, "alder works") == (How.FORMER, ["Yarrow Holdings"])
    assert found(tmp_path, "alder.example") == (How.DOMAIN, ["Yarrow Holdings"])


def test_whom_one_may_not_see_is_not_found_by_another_name(tmp_path: Path) -> None:
    publish(tmp_path, BEFORE, seats(9))
    publish(tmp_path, AFTER)
    facts = opened(tmp_path, frozenset({tenant("Contoso")}))
    assert [facts.find(said)[0].how for said in ("alder works", "yarrow holdings")] == [
        How.NOTHING,
        How.NOTHING,
    ]


def test_a_forgotten_customer_leaves_no_name_behind(tmp_path: Path) -> None:
    publish(tmp_path, BEFORE, seats(9))
    publish(tmp_path, AFTER)
    erase(tmp_path, ErasedList().with_customer(ALDER, ()))
    rows = opened(tmp_path).generation.connection.execute("FROM other_names").fetchall()
    assert rows == []
