"""Words and amounts of the made-up partner that stand in one column alone, so that they can be
looked for where that column must not be read.
"""

from collections.abc import Mapping
from decimal import Decimal

_PARTNER = "made-up-partner.example"


def planted_values() -> Mapping[tuple[str, str], str | Decimal]:
    """Return a text or an amount for every column of money or persons, by dataset and column name.

    A text may stand inside a longer cell. Each stands in no other column of the made-up partner.
    """
    return dict(_PLANTED)


def planted_in(dataset: str) -> Mapping[str, str]:
    """Return what is planted in a dataset's columns, as its answers write it."""
    return {column: str(value) for (name, column), value in _PLANTED.items() if name == dataset}


_PLANTED: dict[tuple[str, str], str | Decimal] = {
    ("activity", "who"): f"quintilia.marsh@{_PARTNER}",
    ("activity", "old_value"): "Thora Brackwater",
    ("activity", "new_value"): "Thora Nightingale-Osei",
    ("activity", "details"): "t.lanthorn-vale@contoso.example",
    ("azure_spend", "cost"): Decimal("4816.27"),
    ("azure_spend", "cost_usd"): Decimal("5201.83"),
    ("azure_spend", "budget"): Decimal("5350.45"),
    ("azure_category_costs", "cost"): Decimal("2987.64"),
    ("azure_category_costs", "cost_usd"): Decimal("3226.85"),
    ("azure_subscription_costs", "cost"): Decimal("3516.09"),
    ("azure_subscription_costs", "cost_usd"): Decimal("3797.62"),
    ("azure_spend", "budget_used"): Decimal("0.9002"),
    ("subscriptions", "rest"): "Hesper Underhallow",
    ("role_members", "member_name"): "Odalys Fairweather",
    ("role_members", "member_upn"): f"o.winterbourne@{_PARTNER}",
    ("insights_customers", "billed_usd"): Decimal("26917.43"),
    ("insights_customers", "azure_usd"): Decimal("7342.19"),
    ("insights_customers", "cpor_usd"): Decimal("8127.61"),
    ("insights_seats", "billed_usd"): Decimal("19238.47"),
    ("insights_seats", "azure_usd"): Decimal("3719.58"),
    ("insights_seats", "cpor_usd"): Decimal("2846.93"),
    ("insights_azure_usage", "consumed_usd"): Decimal("6184.71"),
    ("insights_azure_usage", "subscription_usd"): Decimal("7295.36"),
    ("insights_resellers", "billed_usd"): Decimal("8463.29"),
    ("insights_training", "first_name"): "Wilhelmina",
    ("insights_training", "last_name"): "Ashdown-Kerr",
    ("insights_training", "email"): "mina.private@mail.example",
    ("insights_training", "work_email"): f"w.ashdown@{_PARTNER}",
    ("insights_training", "user"): "b7c41f52-90de-4c3a-8f16-2d5e7a9b0c64",
    ("insights_training", "certified_id"): "MC7719034",
    ("insights_learn", "user"): "learner-58213",
    ("insights_learn", "user_name"): "Leopold Sandringham",
}
