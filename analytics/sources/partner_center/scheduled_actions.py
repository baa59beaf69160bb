"""What is scheduled for a subscription, as two public clients know it; no document tells it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.tables.later_fields import END_ACTIONS

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_ -]{0,59}", re.ASCII)
_DAY = re.compile(r"(20\d\d-\d\d-\d\d)(?:T[0-9:.]*(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
_BY_FOLDED = {word.casefold(): word for word in END_ACTIONS}
_AT_END = "termend"
_PRODUCT = ("productId", "skuId", "availabilityId")
_MOST = 20
"""Most actions of one subscription."""

Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ScheduledActions:
    """The actions of one subscription."""

    text: str | None
    """Them as JSON with known fields alone; None if the key never came or was no list."""
    end_action: str | None = None
    """The one for the end of the term; of several kinds all, a word that no rule knows."""
    end_action_on: str | None = None
    whole: bool = True
    """False if the source told more than `text` has."""

    @classmethod
    def of(cls, told: object) -> "ScheduledActions":
        """Read the field `scheduledActions`; one action may come without a list around it."""
        if told is None:
            return cls(None)
        listed = [told] if isinstance(told, dict) else told
        if not isinstance(listed, list) or len(listed) > _MOST:
            return cls(None, whole=False)
        if not all(isinstance(each, dict) for each in listed):
            return cls(None, whole=False)
        actions = [_plain_action(each) for each in listed]
        end = _of_the_end(actions)
        kinds = sorted({each["actionType"] for each in end})
        days = sorted({each["effectiveDate"] for each in end if "effectiveDate" in each})
        return cls(
            json.dumps(actions, sort_keys=True),
            ", ".join(map(str, kinds)) or None,
            str(days[0]) if days else None,
            whole=actions == listed,
        )


def _of_the_end(actions: Sequence[dict[str, str]]) -> Sequence[dict[str, str]]:
    """Return the actions at the term's end; if there are none, those of any day."""
    at_end = [each for each in actions if each.get("scheduleType", "").casefold() == _AT_END]
    return at_end or actions


def _plain_action(told: Fields) -> dict[str, str]:
    """Return an action's known fields; a kind that cannot be read is the word `unknown`."""
    kind = _word(told.get("actionType")) or "unknown"
    action = {"actionType": _BY_FOLDED.get(kind.casefold(), kind)}
    if schedule := _word(told.get("scheduleType")):
        action["scheduleType"] = schedule
    if day := _day(told.get("effectiveDate")):
        action["effectiveDate"] = day
    if product := _product(told.get("instructions")):
        action["instructions"] = product
    return action


def _product(told: object) -> str:
    """Return what a scheduled renewal leads to: product:sku:availability."""
    its = told if isinstance(told, dict) else {}
    inner = its.get("product")
    product = inner if isinstance(inner, dict) else its
    words = [_word(product.get(name)) for name in _PRODUCT]
    return ":".join(word for word in words if word)


def _word(value: object) -> str | None:
    return value if isinstance(value, str) and _WORD.fullmatch(value) else None


def _day(value: object) -> str | None:
    found = _DAY.fullmatch(value) if isinstance(value, str) else None
    try:
        return date.fromisoformat(found[1]).isoformat() if found else None
    except ValueError:
        return None
