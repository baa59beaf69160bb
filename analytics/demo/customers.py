"""The ordinary made-up customers: names, sizes, and the products that such a customer buys."""

from analytics.demo.seats import ProductLine
from analytics.demo.stories import Story, phase

_PACKAGES: dict[str, tuple[tuple[str, float], ...]] = {
    "shop": (("O365_BUSINESS_ESSENTIALS", 0.6), ("O365_BUSINESS_PREMIUM", 0.4)),
    "firm": (("SPB", 1.0), ("POWER_BI_PRO", 0.15)),
    "studio": (("O365_BUSINESS_PREMIUM", 0.8), ("VISIOCLIENT", 0.2), ("PROJECTPROFESSIONAL", 0.2)),
    "trade": (("SPB", 0.9), ("DYN365_BUSCENTRAL_ESSENTIAL", 0.3)),
    "office": (("ENTERPRISEPACK", 0.8), ("EMS", 0.6), ("POWER_BI_PRO", 0.1)),
    "plant": (("SPE_E3", 0.3), ("SPE_F1", 0.6), ("POWER_BI_PRO", 0.04)),
    "group": (("SPE_E3", 0.5), ("SPE_E5", 0.2), ("DYN365_ENTERPRISE_CUSTOMER_SERVICE", 0.1)),
    "airline": (("SPE_E5", 0.25), ("M365_F1_COMM", 0.55), ("MCOEV", 0.1)),
}
"""Products by kind of customer, with their seats as a fraction of the customer's size."""

_FREE = {"office": "FLOW_FREE", "group": "POWER_BI_STANDARD", "plant": "STREAM"}

_CUSTOMERS = """
A. Datum Corporation|office|340
Alpine Ski House|firm|42
Baldwin Museum of Science|studio|58
Bellows College|office|1250
Best For You Organics|trade|64
Blue Yonder Airlines|airline|5300
Boulder Innovations|firm|16
City Power & Light|plant|1900
Coho Winery|shop|24
Consolidated Messenger|plant|2600
Fincher Architects|studio|35
Graphic Design Institute|studio|140
Humongous Insurance|group|3200
Lakeshore Retail|plant|820
Lamna Healthcare|group|1450
Liberty's Delightful Bakery|shop|9
Margie's Travel|firm|88
Munson's Pickles and Preserves Farm|trade|47
Northwind Traders|trade|230
Olive Grove Catering|shop|13
Orrery Instruments|group|540
Parnell Aerospace|group|980
Relecloud|firm|190
Redstart Couriers|plant|690
Sable & Finch Notaries|firm|12
Terra Firma Surveyors|studio|21
The Phone Company|airline|1600
Quayside Ferries|plant|310
Umber Ceramics|shop|8
VanArsdel|office|760
Vellum Press|shop|30
Tidewater Insurance Brokers|firm|74
Ulverton District Council|office|1120
Weir Valley Clinics|firm|150
Yarrow Garden Centres|trade|110
Zephyr Sailmakers|shop|18
"""


def ordinary_customers() -> tuple[Story, ...]:
    """Return about half of the made-up partner's customers, from a few seats to thousands."""
    return tuple(_story(*line.split("|")) for line in _CUSTOMERS.strip().splitlines())


def _story(name: str, package: str, size: str) -> Story:
    lines = [_line(name, part, int(size) * part_of) for part, part_of in _PACKAGES[package]]
    if package in _FREE and phase(name, "free") < 0.6:
        lines.append(ProductLine(_FREE[package], 10_000, growth=0.0, share=int(size) / 100_000))
    return Story(name, tuple(lines))


def _line(name: str, part: str, seats: float) -> ProductLine:
    """Return a product line: most grow, about a fifth shrink a little, each at its own rate."""
    return ProductLine(
        part,
        max(round(seats), 5 if seats > 3 else 2),
        growth=round(0.30 * phase(name, "growth") - 0.06, 2),
        share=round(0.82 + 0.15 * phase(name, part), 2),
    )
