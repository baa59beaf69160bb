from collections import Counter

from analytics.skus import SKUS, friendly_name, is_free


def test_a_product_is_found_by_its_guid_in_any_case():
    assert friendly_name("05E9A617-0261-4CEE-BB44-138D3EF5D965") == "Microsoft 365 E3"
    assert friendly_name("05e9a617-0261-4cee-bb44-138d3ef5d965") == "Microsoft 365 E3"


def test_a_product_that_is_not_in_the_table_has_no_name_and_counts_as_paid():
    assert friendly_name("54B84594-9C77-4499-8D65-5E0D5F410E78") is None
    assert not is_free("54B84594-9C77-4499-8D65-5E0D5F410E78")


def test_free_products_are_told_from_paid_ones():
    assert is_free("A403EBCC-FAE0-4CA2-8C8C-7A907FD6C235")
    assert not is_free("F8A1DB68-BE16-40ED-86D5-CB42CE701560")
    assert Counter(sku.free for sku in SKUS.values()) == {False: 43, True: 8}


def test_the_table_is_read_whole():
    assert len(SKUS) == 51
    basic = next(iter(SKUS.values()))
    assert (basic.name, basic.family) == ("Microsoft 365 Business Basic", "Office")
    assert basic.workloads == ("Exchange", "SharePoint", "Teams", "SkypeForBusiness", "Yammer")
