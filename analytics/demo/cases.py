"""Made-up customers for a purpose: each has something awkward that licence data can hold."""

from collections.abc import Callable
from datetime import date, timedelta

from analytics.demo.seats import ProductLine
from analytics.demo.stories import Story

_TEAMS = "Microsoft_Teams_Enterprise_New"  # beside a suite without Teams, as sold in Europe


def contoso() -> Story:
    """Return the customer with a lively story: seats grow, people lag behind, Teams rises, Copilot
    is five months old.

    Viva Engage is used far beyond the seats entitled to it.
    """
    beyond = (("Yammer", 1.36), ("SharePoint", 0.52))
    return Story(
        "Contoso",
        (
            ProductLine("SPE_E3", 460, growth=0.42, share=0.94, rates=beyond, most=610),
            ProductLine("SPE_E5", 190, growth=0.60, share=0.90, rates=beyond),
            ProductLine("POWER_BI_PRO", 90, growth=0.78, share=0.88),
            ProductLine(
                "Microsoft_365_Copilot",
                120,
                growth=0.0,
                share=0.72,
                rates=(("Copilot", 0.24),),
                since=date(2026, 6, 22),
            ),
            ProductLine("MCOEV", 40, growth=0.20, share=0.85),
            ProductLine("DYN365_ENTERPRISE_SALES", 52, growth=0.22, share=0.92),
            ProductLine("FLOW_FREE", 10_000, growth=0.0, share=0.031),
        ),
    )


def same_first_word() -> tuple[Story, ...]:
    """Return two pairs: Contoso's namesake with one word more; two Fabrikams, with no customer
    called Fabrikam alone.
    """
    return (
        Story(
            "Contoso Pharmaceuticals",
            (
                ProductLine("SPE_E5", 310, growth=0.10),
                ProductLine("DYN365_FINANCE", 40, growth=0.05),
            ),
        ),
        Story(
            "Fabrikam Bikes",
            (
                ProductLine("SPB", 140, growth=0.30, share=0.95),
                ProductLine("POWER_BI_PRO", 20, growth=0.50, share=0.80),
                ProductLine("DYN365_BUSCENTRAL_ESSENTIAL", 35, growth=0.10),
            ),
        ),
        Story(
            "Fabrikam Residences",
            (ProductLine("SPB", 60, growth=-0.20, share=0.80), ProductLine("VISIOCLIENT", 6)),
        ),
    )


def usage_beyond_entitlement() -> Story:
    """Return a customer with a documented cause: it uses Viva Engage far beyond its entitlement."""
    return Story(
        "Wide World Importers",
        (ProductLine("SPE_F1", 420, growth=0.15, rates=(("Yammer", 2.6),)),),
    )


def trial_counted() -> Story:
    """Return a customer with a documented cause: a trial's activity counts, its seats do not."""
    return Story("Trey Research", (ProductLine("SPB", 75, growth=0.1, share=0.97, busy=1.32),))


def two_subscriptions_of_one_sku() -> Story:
    """Return a customer with a documented cause: one of two subscriptions is in grace; activity
    counts for both, the total once.
    """
    return Story(
        "School of Fine Art",
        (
            ProductLine("STANDARDPACK", 210, growth=0.05, share=0.96, busy=1.85),
            ProductLine("VISIOCLIENT", 12),
        ),
    )


def people_replaced() -> Story:
    """Return a customer with a documented cause: seats pass to new people within the 28 days."""
    return Story("Fourth Coffee", (ProductLine("SPE_F1", 260, share=0.99, busy=1.14),))


def free_seats_by_the_million() -> Story:
    """Return a customer with free and viral products, whose seats would swamp every total."""
    return Story(
        "Adventure Works Cycles",
        (
            ProductLine("SPE_E3", 880, growth=0.10),
            ProductLine("POWER_BI_STANDARD", 1_000_000, growth=0.0, share=0.000_412),
            ProductLine("FLOW_FREE", 10_000, growth=0.0, share=0.022),
            ProductLine("CCIBOTS_PRIVPREV_VIRAL", 10_000, growth=0.0, share=0.001_7),
            ProductLine("TEAMS_EXPLORATORY", 10_000, growth=0.0, share=0.004),
        ),
    )


def seats_but_no_usage() -> Story:
    """Return a customer whose seats are sold and assigned, but have no usage rows."""
    return Story("Woodgrove Bank", (ProductLine("SPE_E5", 640, growth=0.08, measured=False),))


def expired_but_assigned() -> Story:
    """Return a customer whose subscription ran out: no seats are sold, people still use theirs."""
    return Story("Southridge Video", (ProductLine("O365_BUSINESS_PREMIUM", 48, lapsed=True),))


def no_subscription() -> Story:
    """Return a customer known by name alone: its row has no seats at all."""
    return Story(
        "Lucerne Publishing",
        (ProductLine("O365_BUSINESS_ESSENTIALS", 5, share=0.0, lapsed=True, measured=False),),
    )


def formula_for_a_name() -> Story:
    """Return a customer whose name a spreadsheet would run."""
    seats = ProductLine("O365_BUSINESS_ESSENTIALS", 6, growth=0.0)
    return Story('=HYPERLINK("http://x","Ltd")', (seats,))


def more_assigned_than_sold() -> Story:
    """Return a customer whose people hold more seats than it has."""
    return Story("Proseware", (ProductLine("ENTERPRISEPACK", 150, growth=0.0, share=1.09),))


def new_yesterday() -> Story:
    """Return a customer that only the newest snapshot lists."""
    return Story(
        "First Up Consultants",
        (ProductLine("SPB", 25, share=0.8),),
        here=lambda day, newest: day == newest,
    )


def short_stays() -> tuple[Story, ...]:
    """Return three customers: each stays from January to the end of next February, one of them in
    each year of three.

    So in any two years one has left, and is in old snapshots only.
    """
    names = ("Tailspin Toys", "Wingtip Toys", "Juniper Dairy")
    return tuple(
        Story(name, _shop(36 + 9 * turn), here=_from_january(turn))
        for turn, name in enumerate(names)
    )


def unpaid() -> Story:
    """Return a customer whose subscriptions are suspended: one official definition still counts
    it, the other does not.
    """
    return Story("Nod Publishers", _shop(55), suspended=timedelta(days=9))


def gone_from_the_list() -> Story:
    """Return a customer that the partner's list lost, while its subscriptions stand."""
    return Story("Litware", _shop(65))


def _shop(seats: int) -> tuple[ProductLine, ...]:
    return (
        ProductLine("O365_BUSINESS_PREMIUM", seats, growth=0.0),
        ProductLine("AAD_PREMIUM", 10, growth=0.0),
    )


def _from_january(turn: int) -> Callable[[date, date], bool]:
    def here(day: date, _newest: date) -> bool:
        began = day.year - 1 if day.month <= 2 and (day.year - 1) % 3 == turn else day.year
        return began % 3 == turn

    return here


def names_to_trip_over() -> tuple[Story, ...]:
    """Return customers with difficult names: accents, both kinds of apostrophe, a right-to-left
    name, one like code.
    """
    basic = "O365_BUSINESS_ESSENTIALS"
    return (
        Story(
            "Société Lumière d'Épicerie", (ProductLine("SPB", 64), ProductLine("POWER_BI_PRO", 8))
        ),
        Story("Crèmerie Générale de l\u2019Étoile", (ProductLine(basic, 22, growth=0.3),)),
        Story("O'Malley & Daughters", (ProductLine("SPB", 18), ProductLine("VISIOCLIENT", 5))),
        Story("Żółw Optyka", (ProductLine(basic, 31),)),
        Story("Bäckerei Überlingen", (ProductLine("O365_BUSINESS_PREMIUM", 27, growth=-0.15),)),
        Story(
            "Ærø Rederi", (ProductLine("Microsoft_365_E3_(no_Teams)", 95), ProductLine(_TEAMS, 95))
        ),
        Story("شركة النور للتجارة", (ProductLine("SPB", 55, growth=0.25),)),
        Story(
            "$\\frac{$ <script> Ltd", (ProductLine(basic, 7), ProductLine("EXCHANGESTANDARD", 5))
        ),
    )


def all_cases() -> tuple[Story, ...]:
    """Return every customer of this file."""
    return (
        contoso(),
        *same_first_word(),
        usage_beyond_entitlement(),
        trial_counted(),
        two_subscriptions_of_one_sku(),
        people_replaced(),
        free_seats_by_the_million(),
        seats_but_no_usage(),
        expired_but_assigned(),
        no_subscription(),
        formula_for_a_name(),
        more_assigned_than_sold(),
        new_yesterday(),
        *short_stays(),
        unpaid(),
        gone_from_the_list(),
        *names_to_trip_over(),
    )
