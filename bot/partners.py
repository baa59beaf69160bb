"""The partner that a platform's tenant belongs to, and the folder of a partner's facts.

An installation serves one partner; only here is that known.
"""

from pathlib import Path

from analytics.values import OWN, PartnerId
from bot.settings import Settings

SERVED = OWN
"""The partner that this installation serves."""


def partner_of(platform: str, tenant: str) -> PartnerId:
    """Return the partner whose customers are asked about in a platform's tenant: a Slack workspace
    or organisation, an Entra tenant, the page, the terminal.
    """
    return SERVED


def facts_folder(data_dir: Path, partner: PartnerId) -> Path:
    """The folder of a partner's generations."""
    return data_dir / partner / "facts"


def facts_of(settings: Settings, data_dir: Path | None = None) -> Path:
    """The folder of the served partner's generations: in `data_dir`, or in the settings' folder."""
    return facts_folder(data_dir or settings.data_dir, SERVED)
