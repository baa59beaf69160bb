"""Subscriptions with something awkward that renewals, savings and growth must get right."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from analytics.demo.contracts import (
    EXTENDED,
    Contract,
    ended_contracts,
    extended_offer,
    later,
    term_on,
    usual_contracts,
)
from analytics.demo.holdings import YEARS
from analytics.demo.planted import planted_in
from analytics.demo.stories import Story, made_up_id
from analytics.tables import SUBSCRIPTIONS

AZURE_CUSTOMERS = ("Contoso", "Woodgrove Bank", "Adventure Works Cycles", "Humongous Insurance")
"""Customers with an Azure plan; it has no end."""
NOT_LISTED = "Litware"
"""A customer that the partner's list lost a week ago: its subscriptions ended then, and licence
reports still name it.
"""
PARTLY_OTHERS = (("Contoso", "SPE_E3"), ("Contoso", "SPE_E5"))
"""Products of which another partner sold a part of the seats."""
NEWLY_BOUGHT = ("Fabrikam Bikes", "SPB")
"""A product that another partner sold until the customer bought it here three days ago."""

_WORDS = planted_in(SUBSCRIPTIONS.name)

Case = Callable[[Contract, date, date], tuple[Contract, ...]]
"""Makes a product's subscriptions from the usual one: as of the first day, told on the second."""


def contracts(stories: tuple[Story, ...], day: date, today: date) -> list[Contract]:
    """Return every subscription as the first hour of a day finds it, for a partner who looks on
    `today`; the ended ones of customers who left are among them.
    """
    newest = today - timedelta(days=1)
    ended = ended_contracts(stories, later(newest, -12 * YEARS), newest)
    found = [each for each in ended if each.deprovisioned and each.deprovisioned < day]
    for contract, part in usual_contracts(stories, day - timedelta(days=1), newest):
        case = _CASES.get((contract.customer, part), _as_usual)
        found += case(contract, day, today)
    told = {story.name for story in stories}
    return [*found, *(_azure(name) for name in AZURE_CUSTOMERS if name in told)]


def _as_usual(contract: Contract, _day: date, _today: date) -> tuple[Contract, ...]:
    return (contract,)


def _ending(contract: Contract, end: date, day: date, years: int = 2) -> Contract:
    """Return a contract whose year ends on that day, its last of so many, as of an earlier day."""
    created = later(end + timedelta(days=1), -12 * years)
    starts, ends = term_on(created, "P1Y", day)
    return replace(contract, created=created, starts=starts, ends=ends, term="P1Y")


def _beside_another_partner(contract: Contract, day: date, today: date) -> tuple[Contract, ...]:
    """Contoso's E3: ours are a part. Twenty moved to E5 forty days ago, ten were added three days
    ago, and a smaller number is scheduled for the renewal in 25 days.
    """
    moved, added = today - timedelta(days=40), today - timedelta(days=3)
    quantity = 410 - 20 * (day > moved) + 10 * (day > added)
    undocumented = {"contactOfRecord": {"name": _WORDS["rest"], "estimate": 9571.64}}
    until = f"{added + timedelta(days=7)}T09:20:00Z"
    more = {
        "refundableQuantity": {
            "totalQuantity": 10,
            "details": [{"quantity": 10, "allowedUntilDateTime": until}],
        },
        "scheduledNextTermInstructions": {"quantity": 380, "product": {"termDuration": "P1Y"}},
    }
    ours = replace(contract, quantity=quantity, billing_cycle="annual")
    ours = replace(ours, more=undocumented | (more if day > added else {}))
    return (_ending(ours, today + timedelta(days=25), day),)


def _moved_to(contract: Contract, day: date, today: date) -> tuple[Contract, ...]:
    return (replace(contract, quantity=150 + 20 * (day > today - timedelta(days=40))),)


def _not_renewed(contract: Contract, day: date, today: date) -> tuple[Contract, ...]:
    """Auto-renew is off and nothing is scheduled: it goes into an extended term in 13 days."""
    off = replace(contract, auto_renew=False)
    return (_ending(off, today + timedelta(days=13), day, years=1),)


def _choice_untold(contract: Contract, day: date, today: date) -> tuple[Contract, ...]:
    """Auto-renew is off, and nothing tells whether a cancellation is scheduled."""
    off = replace(contract, auto_renew=False, actions_told=False)
    return (_ending(off, today + timedelta(days=31), day, years=1),)


def _cancelled_at_end(contract: Contract, day: date, today: date) -> tuple[Contract, ...]:
    end = today + timedelta(days=40)
    action = {"scheduleType": "TermEnd", "actionType": "Cancel", "effectiveDate": str(end)}
    off = replace(contract, auto_renew=False, more={"scheduledActions": [action]})
    return (_ending(off, end, day),)


def _bought_long_ago(contract: Contract, day: date, today: date) -> tuple[Contract, ...]:
    """Auto-renew is off, and it was bought before extended terms began."""
    off = replace(contract, auto_renew=False, actions_told=False)
    ours = _ending(off, today + timedelta(days=50), day)
    return (replace(ours, created=later(ours.created, -24)),)


def _extension(contract: Contract, day: date, today: date) -> tuple[Contract, ...]:
    """Its term ended twenty days ago; since then it is billed by the month."""
    end = today - timedelta(days=21)
    before = _ending(contract, end, min(day, end), years=1)
    if day <= end:
        return (replace(before, auto_renew=False),)
    starts, ends = term_on(end + timedelta(days=1), "P1M", day)
    extended = replace(before, starts=starts, ends=ends, term="P1M", billing_cycle="monthly")
    name, offer = contract.product + EXTENDED, extended_offer(contract.offer)
    return (replace(extended, product=name, offer=offer),)


def _newly_bought(contract: Contract, day: date, today: date) -> tuple[Contract, ...]:
    """Bought three days ago: four days are left to cancel it."""
    bought = today - timedelta(days=3)
    starts, ends = term_on(bought, "P1Y", max(day, bought))
    new = replace(contract, created=bought, starts=starts, ends=ends, term="P1Y")
    return (new,) if day > bought else ()


def _unpaid(contract: Contract, day: date, today: date) -> tuple[Contract, ...]:
    """Suspended nine days ago, as it was not paid."""
    unpaid = day > today - timedelta(days=9)
    return (replace(contract, status="suspended") if unpaid else contract,)


def _by_the_month(contract: Contract, day: date, _today: date) -> tuple[Contract, ...]:
    """Forty-one monthly subscriptions that renew quietly."""
    starts, ends = term_on(contract.created, "P1M", day)
    monthly = replace(contract, starts=starts, ends=ends, term="P1M", billing_cycle="monthly")
    whole, rest = divmod(contract.quantity or 0, 41)
    return tuple(
        replace(monthly, number=f"{contract.number} {at}", quantity=whole + (at < rest))
        for at in range(41)
    )


def _migration(contract: Contract, day: date, today: date) -> tuple[Contract, ...]:
    """A legacy subscription that was carried over to new commerce sixty days ago."""
    moved = today - timedelta(days=60)
    number = f"{contract.number} legacy"
    old = replace(contract, number=number, offer=made_up_id(contract.offer).upper(), term="")
    if day <= moved:
        return (old,)
    starts, ends = term_on(moved, "P1Y", day)
    new = replace(contract, created=moved, starts=starts, ends=ends, term="P1Y")
    new = replace(new, more={"migratedFromSubscriptionId": old.id})
    ended = replace(old, status="deprovisioned", deprovisioned=moved, ends=moved, auto_renew=False)
    return (new, ended)


def _trials(contract: Contract, day: date, today: date) -> tuple[Contract, ...]:
    """A trial ends in twenty days, and another was converted a month ago: ten seats since then."""
    begun, converted = today - timedelta(days=10), today - timedelta(days=30)
    tried = later(converted, -1)
    first = replace(contract, number=f"{contract.number} converted", quantity=10, trial=True)
    first = replace(first, created=tried, starts=tried, ends=converted)
    starts, ends = term_on(converted, "P1Y", max(day, converted))
    paid = replace(first, trial=False, starts=starts, ends=ends)
    trial = replace(
        first,
        number=f"{contract.number} trial",
        quantity=25,
        created=begun,
        starts=begun,
        ends=today + timedelta(days=20),
        auto_renew=False,
    )
    rest = replace(contract, quantity=(contract.quantity or 0) - 10)
    made = (rest, paid) if day > converted else (contract, first) if day > tried else (contract,)
    return (*made, trial) if day > begun else made


def _in_grace(contract: Contract, _day: date, today: date) -> tuple[Contract, ...]:
    """A legacy subscription that ran out: no seat counts as sold, people still hold theirs."""
    end = today - timedelta(days=12)
    old = replace(contract, offer=made_up_id(contract.offer).upper(), term="", ends=end)
    return (replace(old, starts=later(end, -12), status="suspended", auto_renew=False),)


def _unfinished_order(contract: Contract, day: date, today: date) -> tuple[Contract, ...]:
    """An order that is not done yet stands beside the subscription in force."""
    number, yesterday = f"{contract.number} order", today - timedelta(days=1)
    order = replace(contract, number=number, quantity=5, status="pending", created=yesterday)
    return (contract, order) if day == today else (contract,)


def _with_nickname(nickname: str) -> Case:
    return lambda contract, _day, _today: (replace(contract, nickname=nickname),)


def _through(reseller: str) -> Case:
    return lambda contract, _day, _today: (replace(contract, reseller=reseller),)


def _azure(customer: str) -> Contract:
    created = date(2024, 2, 1)
    return Contract(
        customer, "Azure", "Azure plan", "DZH318Z0BPS6:0001:DZH318Z0BMJX", None, created, created,
        None, "", "monthly", nickname="Azure plan",
    )  # fmt: skip


_CASES: dict[tuple[str, str], Case] = {
    ("Contoso", "SPE_E3"): _beside_another_partner,
    ("Contoso", "SPE_E5"): _moved_to,
    ("Proseware", "ENTERPRISEPACK"): _not_renewed,
    ("Woodgrove Bank", "SPE_E5"): _cancelled_at_end,
    ("Orrery Instruments", "SPE_E3"): _bought_long_ago,
    ("Fourth Coffee", "SPE_F1"): _extension,
    ("Terra Firma Surveyors", "O365_BUSINESS_PREMIUM"): _choice_untold,
    NEWLY_BOUGHT: _newly_bought,
    ("Nod Publishers", "O365_BUSINESS_PREMIUM"): _unpaid,
    ("Nod Publishers", "AAD_PREMIUM"): _unpaid,
    ("VanArsdel", "ENTERPRISEPACK"): _by_the_month,
    ("City Power & Light", "SPE_E3"): _migration,
    ("Trey Research", "SPB"): _trials,
    ("Southridge Video", "O365_BUSINESS_PREMIUM"): _in_grace,
    ("Weir Valley Clinics", "SPB"): _unfinished_order,
    ("Graphic Design Institute", "O365_BUSINESS_PREMIUM"): _with_nickname(
        '=HYPERLINK("http://x","A")'
    ),
    ('=HYPERLINK("http://x","Ltd")', "O365_BUSINESS_ESSENTIALS"): _with_nickname("<@U123> *bold*"),
    ("Coho Winery", "O365_BUSINESS_PREMIUM"): _through("7011001"),
    ("Umber Ceramics", "O365_BUSINESS_PREMIUM"): _through("7011002"),
}
