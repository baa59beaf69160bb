"""Made-up company names, and the slips of those who type them."""

import random
import string

_ONSETS = (
    *("b", "br", "c", "ch", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "kl", "l", "m", "n"),
    *("p", "pl", "qu", "r", "s", "sk", "st", "t", "tr", "v", "w", "z"),
)
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "io", "ou")
_ENDS = (
    *("n", "r", "l", "x", "nd", "rt", "m", "ck"),
    *("ston", "well", "by", "mar", "dale", "tek", "via"),
)
_TRADES = (
    *("Aerospace", "Bakery", "Bikes", "Boats", "Books", "Brewing", "Cars", "Catering", "Cleaning"),
    *("Clinic", "Coffee", "Consulting", "Design", "Energy", "Farms", "Films", "Finance", "Foods"),
    *("Freight", "Furniture", "Gardens", "Glass", "Health", "Hotels", "Importers", "Insurance"),
    *("Interiors", "Labs", "Law", "Legal", "Logistics", "Machines", "Marine", "Media", "Metals"),
    *("Mills", "Mining", "Motors", "Music", "Optics", "Packaging", "Partners", "Pharmaceuticals"),
    *(
        "Plumbing",
        "Power",
        "Printing",
        "Properties",
        "Publishing",
        "Recruitment",
        "Retail",
        "School",
    ),
    *(
        "Security",
        "Shipping",
        "Software",
        "Solar",
        "Steel",
        "Studios",
        "Systems",
        "Textiles",
        "Toys",
    ),
)
_PLACES = (
    *("Alpine", "Baltic", "Central", "City"),
    *("Coastal", "Eastern", "Global", "Metro", "Northern"),
)
_FORMS = ("AB", "AG", "BV", "GmbH", "Group", "Holding", "Inc", "Limited", "Ltd", "SA", "SARL", "SE")


def company_names(count: int, chance: random.Random) -> list[str]:
    """Distinct made-up company names of two to five words; the same ones for the same seed."""
    stems = [_stem(chance) for _ in range(6_000)]
    names: dict[str, None] = {}
    while len(names) < count:
        parts = [chance.choice(stems)]
        parts += [f"& {chance.choice(stems)}"] * (chance.random() < 0.15)
        parts += [chance.choice(_PLACES)] * (chance.random() < 0.25)
        parts += [chance.choice(_TRADES)]
        parts += [chance.choice(_FORMS)] * (chance.random() < 0.5)
        names[" ".join(parts)] = None
    return list(names)


def mistyped(name: str, chance: random.Random) -> str:
    """The name with one letter left out, added, replaced or swapped with the next."""
    at = chance.choice([at for at in range(1, len(name) - 1) if name[at : at + 2].isalpha()])
    other = chance.choice(string.ascii_lowercase.replace(name[at].lower(), ""))
    before, letter, after = name[:at], name[at], name[at + 1 :]
    swapped = before + after[0] + letter + after[1:]
    return chance.choice(
        [before + after, before + other + name[at:], before + other + after, swapped]
    )


def _stem(chance: random.Random) -> str:
    syllables = chance.choice([1, 2, 2])
    start = "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(syllables))
    return (start + chance.choice(_ENDS)).capitalize()
