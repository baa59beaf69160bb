"""Words kept as numbers: whoever asks, adds or erases, and earlier versions, have words."""

from pathlib import Path

import duckdb

from analytics.warehouse.building.build import Published
from analytics.warehouse.building.merge_keyed import Brought
from analytics.warehouse.erased_list import ErasedList
from analytics.warehouse.erasure import erase
from tests.warehouse.rows import DAY, opened, publish, seats, tenant, use

SAID = "SELECT product, sold FROM {deployment} ORDER BY product"
ODD = "it's; DROP TABLE usage; --"
NAMES = "SELECT type_name, labels FROM duckdb_types() WHERE labels IS NOT NULL ORDER BY ALL"


def current(folder: Path) -> Path:
    return max(folder.glob("facts-*.duckdb"))


def test_a_word_that_comes_later_stands_among_those_known(tmp_path: Path) -> None:
    publish(tmp_path, seats(5, product="b"), use(1, 9, product="b", workload="exo"))
    publish(tmp_path, seats(4, product="c"), seats(3, product="a"))

    facts = opened(tmp_path)
    assert facts.rows(SAID) == [("a", 3), ("b", 5), ("c", 4)]
    assert facts.rows("SELECT sold FROM {deployment} WHERE product = $p", p="b") == [(5,)]
    assert facts.rows("SELECT sold FROM {deployment} WHERE product = $p", p="never") == []
    rows = facts.rows(
        "SELECT active FROM {usage} WHERE list_contains($ps, product)", ps=["b", "never"]
    )
    assert rows == [(1,)]


def test_rows_lie_in_the_order_of_their_words(tmp_path: Path) -> None:
    publish(tmp_path, seats(5, product="m"))
    publish(tmp_path, *(seats(n, product=p) for n, p in enumerate("zaqb")))

    lie = opened(tmp_path).rows("SELECT product FROM {deployment}")
    assert lie == [("a",), ("b",), ("m",), ("q",), ("z",)]


def test_a_hostile_word_is_a_word(tmp_path: Path) -> None:
    publish(tmp_path, seats(5, product=ODD))
    publish(tmp_path, seats(6, product=ODD), use(1, 2, workload=ODD))

    assert opened(tmp_path).rows(SAID) == [(ODD, 6)]


def test_the_lists_hold_what_rows_say_and_nothing_else(tmp_path: Path) -> None:
    publish(tmp_path, seats(5, product="b"), use(1, 9, product="c", service="crm"))

    with duckdb.connect(current(tmp_path), read_only=True) as con:
        told = dict(con.execute(NAMES).fetchall())
    assert told == {
        "service_code": ["crm", "o365"],
        "channel_code": ["reseller"],
        "product_code": ["b", "c"],
        "workload_code": ["exo"],
        "tenant_code": [tenant("Contoso")],
    }


def test_after_an_erasure_rows_are_laid_over_as_before(tmp_path: Path) -> None:
    publish(tmp_path, seats(5, product="b"), seats(7, customer="Fabrikam", product="f"))
    erase(tmp_path, ErasedList().with_customer(tenant("Fabrikam"), ()))

    published = publish(tmp_path, seats(5, product="b"), seats(4, product="a"))

    assert published == Published(3, Brought(1, 0, 1))
    assert opened(tmp_path).rows(SAID) == [("a", 4), ("b", 5)]


def test_a_generation_of_an_earlier_version_is_gone_on_with(tmp_path: Path) -> None:
    publish(tmp_path, seats(5, product="b"), use(1, 9))
    with duckdb.connect(current(tmp_path)) as con:
        for column in ("service", "channel", "product"):
            for table in ("deployment", "usage", "newest_deployment", "newest_usage"):
                con.execute(f"ALTER TABLE {table} ALTER {column} TYPE VARCHAR")

    published = publish(tmp_path, seats(5, product="b"), seats(4, product="a"), use(2, 9))

    assert published == Published(2, Brought(1, 1, 1))
    assert opened(tmp_path).rows(SAID) == [("a", 4), ("b", 5)]
    assert opened(tmp_path).days("deployment", "o365") == [DAY]
