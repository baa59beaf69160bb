"""The list of those who were erased: what arrives of them is left out, and nothing else."""

from pathlib import Path

import pytest

from analytics.tables import AUDIT, CUSTOMERS, DEPLOYMENT, ROLE_MEMBERS
from analytics.warehouse.building.repeated_rows import RepeatedRows
from analytics.warehouse.building.staging import Staging
from analytics.warehouse.erased_list import ErasedList
from tests.warehouse.rows import tenant
from tests.warehouse.staged import row
from tests.warehouse.test_memory import MONDAY

CONTOSO, FABRIKAM = tenant("Contoso"), tenant("Fabrikam")
LIST = ErasedList().with_customer(FABRIKAM, ("Fabrikam", "fab.example")).with_person(["Eve@x.org"])


@pytest.mark.parametrize("said", [FABRIKAM, FABRIKAM.upper(), f" {FABRIKAM} "])
def test_a_customer_is_known_by_id_in_any_spelling(said: str) -> None:
    assert LIST.has_customer(said)
    assert not LIST.has_customer(CONTOSO)
    assert not ErasedList().has_customer(said)


@pytest.mark.parametrize(
    "said",
    [
        "eve@x.org",
        "EVE@X.ORG",
        '{"a": "eve@x.org"}',
        "to eve@x.org, now",
        "'eve@x.org'",
        "eve@x.org.",
    ],
)
def test_a_person_is_found_in_whatever_names_them(said: str) -> None:
    assert LIST.has_person(said)


@pytest.mark.parametrize("said", ["", "steve@x.org", "eve@x.organisation", "eve", "x.org", "🏴"])
def test_another_person_is_not_taken_for_them(said: str) -> None:
    assert not LIST.has_person(said)


@pytest.mark.parametrize(
    ("cells", "out"),
    [
        ({"tenant": FABRIKAM}, True),
        ({"tenant": None, "customer": "FABRIKAM"}, True),
        ({"tenant": None, "details": f'{{"id": "{FABRIKAM.upper()}"}}'}, True),
        ({"tenant": None, "event": f"{FABRIKAM}_2026"}, True),
        ({"tenant": CONTOSO, "customer": "Fabrikam"}, False),
        ({"tenant": None, "customer": ""}, False),
        ({"tenant": None}, False),
    ],
)
def test_a_row_is_left_out_where_it_is_of_the_customer_and_not_of_a_namesake(
    cells: dict[str, str], *, out: bool
) -> None:
    kept, left_out = LIST.filter_rows(AUDIT, [row(AUDIT, moment=MONDAY, **cells)])
    assert (len(kept), len(left_out)) == (0 if out else 1, 1 if out else 0)


def test_people_are_told_apart_without_their_names() -> None:
    known = ErasedList().with_person(["a@x.org"]).with_person(["b@x.org"])
    rows = [
        row(ROLE_MEMBERS, role="r", member=f"{who}-id", member_upn=f"{who}@x.org") for who in "abc"
    ]
    kept, _ = known.filter_rows(ROLE_MEMBERS, rows)
    ids = [each[ROLE_MEMBERS.at("member")] for each in kept]
    assert len(set(ids)) == 3
    assert [str(each)[:7] for each in ids] == ["erased-", "erased-", "c-id"]
    assert [each[ROLE_MEMBERS.at("member_upn")] for each in kept] == [None, None, "c@x.org"]
    assert known.filter_rows(ROLE_MEMBERS, rows)[0] == kept


def test_a_page_counts_as_it_came_and_is_staged_without_them(tmp_path: Path) -> None:
    file = tmp_path / "staging.duckdb"
    with Staging(file, LIST) as staging:
        staging.start_day(MONDAY)
        rows = [
            row(DEPLOYMENT, day=MONDAY, tenant=who, product="p", customer=name)
            for who, name in ((CONTOSO, "Contoso"), (FABRIKAM, "Fabrikam"), (FABRIKAM, "Fabrikam"))
        ]
        staging.add(DEPLOYMENT, "", rows, "more")
        assert staging.part(DEPLOYMENT, "").came == 3
        assert staging.texts(CUSTOMERS, "tenant") == []
        raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert b"Contoso" in raw
        assert b"Fabrikam" not in raw
        assert FABRIKAM.encode() not in raw


def test_a_list_is_whole_by_the_keys_of_all_rows_that_came(tmp_path: Path) -> None:
    with Staging(tmp_path / "staging.duckdb", LIST) as staging:
        staging.start_day(MONDAY)
        first, second = (
            [row(DEPLOYMENT, day=MONDAY, tenant=who, product="p") for who in page]
            for page in ((CONTOSO, FABRIKAM), (tenant("Tailspin"), FABRIKAM))
        )
        staging.add(DEPLOYMENT, "", first, "more", 4)
        with pytest.raises(RepeatedRows):
            staging.add(DEPLOYMENT, "", second, "", 4)
        staging.add(DEPLOYMENT, "", second[:1], "", 3)
        assert staging.part(DEPLOYMENT, "").done


def test_lists_of_two_installations_are_one_each_with_its_key() -> None:
    other = ErasedList().with_customer(CONTOSO, ("Contoso",))
    both = LIST.union(other)
    assert (both.customers, both.persons) == (2, 1)
    assert both.has_customer(CONTOSO)
    assert both.has_customer(FABRIKAM)
    assert both.union(LIST) == both
    assert not both.without_customer("contoso").has_customer(CONTOSO)
    assert not both.without_person("eve@x.org").has_person("eve@x.org")
