"""Links lead to plain https addresses, and to Partner Center only by ids that are GUIDs."""

import pytest

from analytics.partner_center_pages import customer_page
from handlers.chat.links import Link

TENANT = "1CCC2D59-fcb4-5b28-aaf9-a559bfd9c242"


@pytest.mark.parametrize(
    "address",
    [
        *("http://example.com", "javascript:alert(1)", "https://", "https://a b/c", ""),
        *("https://example.com/a?x=1", "https://example.com/#a", "https://a@example.com/"),
        *("https://example.com/a|b", "https://example.com/>x", "https://example.com//a"),
        *("https://example.com/a\n", "https://ex\u202eample.com", "HTTPS://EXAMPLE.COM"),
    ],
)
def test_an_address_that_is_more_than_a_host_and_a_path_is_no_link(address: str) -> None:
    with pytest.raises(ValueError, match="no plain https address"):
        Link("there", address)


def test_a_customers_page_is_made_from_their_tenant() -> None:
    page = customer_page(TENANT)
    assert (
        page == f"https://partner.microsoft.com/commerce/customers/{TENANT.lower()}/subscriptions"
    )
    assert Link("there", page or "")


@pytest.mark.parametrize(
    "tenant",
    ["", "contoso", f"{TENANT}/../x", f"{TENANT} ", "%2e%2e", f"{TENANT}\n", "\u0661" * 36],
)
def test_an_id_that_is_no_guid_makes_no_page(tenant: str) -> None:
    assert customer_page(tenant) is None
