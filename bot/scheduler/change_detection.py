"""Whether a digest's figures are as they were, and what is sent then."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime, timedelta
from enum import Enum

from bot.runs import Claim
from handlers.chat.digests import Digest, Quiet
from handlers.chat.reply import Figures, Paragraph, Part, Table

PROOF = timedelta(days=30)
"""After which a silent digest says that it is alive."""


class Sends(Enum):
    """What is sent of an answer."""

    ALL = "all"
    LINE = "line"
    """One line that nothing changed."""
    NOTHING = "nothing"


def fingerprint(parts: Sequence[Part]) -> str:
    """SHA-256 of an answer's figures and tables; of its sentences where it has none."""
    figures: list[Figures | Table | Paragraph]
    figures = [part for part in parts if isinstance(part, Figures | Table)]
    counted = figures or [part for part in parts if isinstance(part, Paragraph)]
    return hashlib.sha256(json.dumps([astuple(part) for part in counted]).encode()).hexdigest()


def sends(claim: Claim, digest: Digest, figures: str, now: datetime) -> Sends:
    """What is sent of these figures. Whoever asks for a run by hand gets all of it."""
    quiet = digest.plan.quiet
    if quiet is Quiet.ALWAYS or claim.run.by_hand or figures != claim.figures:
        return Sends.ALL
    alive = claim.last_sent is not None and now - claim.last_sent < PROOF
    return Sends.NOTHING if quiet is Quiet.SILENT and alive else Sends.LINE
