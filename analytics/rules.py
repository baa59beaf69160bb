"""Microsoft's dated rules, from `rules.toml`: each with its source, and when it was last read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("rules.toml")
_TOLD = frozenset({"says", "source", "checked", "from", "until"})
"""Fields that every rule has, or may have."""

OLD_AFTER = timedelta(days=180)
"""Age of a rule's last reading after which it counts as old."""


@dataclass(frozen=True, slots=True)
class DatedRule:
    """A rule of Microsoft's that figures or sentences rest on."""

    name: str
    says: str
    source: str
    """Address of the page that says so, without its scheme."""
    checked: date
    """Day of the last reading of the source."""
    first: date | None
    """First day on which it holds; None: no start is known."""
    last: date | None
    """Last day on which it holds; None: until further notice."""
    numbers: Mapping[str, int]
    """Its numbers by name, such as `days`."""
    dates: Mapping[str, date]
    """Its other days by name, such as `bought_from`."""
    texts: Mapping[str, str]
    """Its other texts by name, such as `pattern`."""

    def holds(self, day: date) -> bool:
        """Check whether the rule is in force on a day."""
        return (self.first or day) <= day <= (self.last or day)

    def is_old(self, today: date) -> bool:
        """Check whether the last reading of the source is more than 180 days ago."""
        return today - self.checked > OLD_AFTER


def dated_rule(name: str) -> DatedRule:
    """Return a rule by its name. Raises KeyError for one that is not in the table.

    >>> dated_rule("cancellation-window").numbers["days"]
    7
    """
    return dated_rules()[name]


@cache
def dated_rules() -> Mapping[str, DatedRule]:
    """Return every rule by its name, in the order of the table."""
    with _TABLE.open("rb") as file:
        return {name: _rule(name, fields) for name, fields in tomllib.load(file).items()}


def _rule(name: str, fields: Mapping[str, object]) -> DatedRule:
    more = {key: value for key, value in fields.items() if key not in _TOLD}
    first, last = fields.get("from"), fields.get("until")
    checked = fields["checked"]
    if not isinstance(checked, date):
        raise TypeError(f"{name}: checked is no date")
    return DatedRule(
        name=name,
        says=str(fields["says"]),
        source=str(fields["source"]),
        checked=checked,
        first=first if isinstance(first, date) else None,
        last=last if isinstance(last, date) else None,
        numbers={key: value for key, value in more.items() if isinstance(value, int)},
        dates={key: value for key, value in more.items() if isinstance(value, date)},
        texts={key: value for key, value in more.items() if isinstance(value, str)},
    )
