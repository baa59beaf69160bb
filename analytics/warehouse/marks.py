"""How complete each dataset is, and why not: what a sync or a check says of it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause of a dataset's not being complete."""

    sentence: str
    """An id of the catalogue."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What goes into that sentence; never a customer's name."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One dataset as a generation has it. It reaches every stamp that rests on the dataset."""

    dataset: str
    as_of: date | None
    """Day of the last fetch that was complete; None before the first."""
    reasons: tuple[Reason, ...] = ()
    """Why it is not complete as of now, the gravest first; empty where it is."""
    calls: int = 0
    """Calls that its last sync took."""
    mismatch: str = ""
    """What `check` found wrong in it, an id of the catalogue; empty where all agrees."""


def mark_text(mark: Mark) -> str:
    """A mark as text, for a table to keep."""
    fields = asdict(mark) | {"as_of": mark.as_of and mark.as_of.isoformat()}
    return json.dumps(fields, sort_keys=True)


def mark_of(text: str) -> Mark:
    """What `mark_text` wrote, or an earlier version, which kept one reason: `because`, `values`."""
    fields = json.loads(text)
    day, because, values = (fields.pop(name, None) for name in ("as_of", "because", "values"))
    old = ({"sentence": because, "values": values or {}},) if because else ()
    reasons = tuple(Reason(**each) for each in fields.pop("reasons", old))
    return Mark(as_of=date.fromisoformat(day) if day else None, reasons=reasons, **fields)
