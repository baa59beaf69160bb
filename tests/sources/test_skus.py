from collections import Counter

import pytest

from analytics.skus import SKUS, Unit, friendly_name, is_free, unit_of


def test_a_product_is_found_by_its_guid_in_any_case():
    assert friendly_name("05E9A617-0261-4CEE-BB44-138D3EF5D965") == "Microsoft 365 E3"
    assert friendly_name("05e9a617-0261-4cee-bb44-138d3ef5d965") == "Microsoft 365 E3"


def test_a_product_that_is_not_in_the_table_has_no_name_and_counts_as_paid():
    assert friendly_name("54B84594-9C77-4499-8D65-5E0D5F410E78") is None
    assert not is_free("54B84594-9C77-4499-8D65-5E0D5F410E78")


def test_free_products_are_told_from_paid_ones():
    assert is_free("A403EBCC-FAE0-4CA2-8C8C-7A907FD6C235")
    assert not is_free("F8A1DB68-BE16-40ED-86D5-CB42CE701560")
    assert Counter(sku.free for sku in SKUS.values()) == {False: 553, True: 66}


def test_the_table_is_read_whole():
    assert len(SKUS) == 619
    basic = SKUS["3b555118-da6a-4418-894f-7df1e2096870"]
    assert (basic.name, basic.family) == ("Microsoft 365 Business Basic", "Office")
    assert basic.workloads == ("Exchange", "SharePoint", "Teams", "SkypeForBusiness", "Yammer")
    assert basic.former == ("Office 365 Business Essentials",)


@pytest.mark.parametrize(
    ("product", "unit"),
    [
        ("99049c9c-6011-4908-bf17-15f496e6519d", Unit.GIGABYTE),
        ("440eaaa8-b3e0-484b-a8be-62870b9ba70a", Unit.OTHER),
        ("47794cd0-f0e5-45c5-9033-2eb6b5fc84e0", Unit.CREDIT),
        ("6fd2c87f-b296-42f0-b197-1e91e994b900", Unit.PEOPLE),
        ("54b84594-9c77-4499-8d65-5e0d5f410e78", Unit.UNKNOWN),
    ],
)
def test_each_product_is_counted_in_a_unit(product: str, unit: Unit):
    assert unit_of(product) is unit
    assert unit_of(product.upper()) is unit


def test_names_say_what_a_product_lacks_and_its_services_agree():
    without = [sku for sku in SKUS.values() if "(no teams)" in sku.name.lower()]
    assert len(without) == 26
    assert [sku.name for sku in without if "Teams" in sku.workloads] == []
