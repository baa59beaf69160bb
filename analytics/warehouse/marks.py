"""How complete each dataset is, and why not: what a sync or a check says of it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Mark:
    """One dataset as a generation has it. It reaches every stamp that rests on the dataset."""

    dataset: str
    as_of: date | None
    """Day of the last fetch that was complete; None before the first."""
    because: str = ""
    """Why it is not complete as of now, an id of the catalogue; empty where it is."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What goes into that sentence; never a customer's name."""
    calls: int = 0
    """Calls that its last sync took."""
    mismatch: str = ""
    """What `check` found wrong in it, an id of the catalogue; empty where all agrees."""


def said(mark: Mark) -> str:
    """A mark as text, for a table to keep."""
    fields = asdict(mark) | {"as_of": mark.as_of and mark.as_of.isoformat()}
    return json.dumps(fields, sort_keys=True)


def mark_of(text: str) -> Mark:
    """What `said` wrote."""
    fields = json.loads(text)
    day = fields.pop("as_of")
    return Mark(as_of=date.fromisoformat(day) if day else None, **fields)
