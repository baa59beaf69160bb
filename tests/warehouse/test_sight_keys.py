"""Kept results are found by a small key that stands for all that a reader may see."""

from hypothesis import given
from hypothesis import strategies as st

from analytics.values import Customer, TenantId
from analytics.warehouse.customer_directory import CustomerDirectory

IDS = [TenantId(f"{number:08x}-0000-4000-8000-000000000000") for number in range(60)]
LISTED = CustomerDirectory.of([Customer(each, f"Customer {each}") for each in IDS[:40]])
SETS = st.frozensets(st.sampled_from(IDS))


@given(SETS, SETS)
def test_sets_have_one_key_if_and_only_if_they_are_equal(
    one: frozenset[TenantId], other: frozenset[TenantId]
) -> None:
    assert (LISTED.key_of(one) == LISTED.key_of(other)) is (one == other)
    assert LISTED.key_of(one) == LISTED.key_of(frozenset(one))
    assert LISTED.key_of(one) != LISTED.key_of(None)


def test_a_key_of_thousands_of_customers_is_small() -> None:
    many = [Customer(TenantId(f"{number:08x}"), "") for number in range(50_000)]
    directory = CustomerDirectory.of(many)
    mask, unlisted = directory.key_of(frozenset(each.id for each in many[:5_000]))  # type: ignore[misc]  # of more than a few
    assert (len(mask), unlisted) == (50_000 // 8, frozenset())
