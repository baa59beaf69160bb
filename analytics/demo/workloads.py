"""Workloads of the made-up partner: their codes, and the share of assigned people who use them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Workload:
    """One workload as usage rows name it, and its usual activity."""

    code: str
    name: str
    rate: float
    """Active people as a fraction of the seats assigned, when the story begins."""
    trend: float = 0.0
    """Gain of the rate in the long run."""


WORKLOADS = {
    "Exchange": Workload("EXO", "Exchange", 0.94),
    "SharePoint": Workload("SPO", "SharePoint", 0.58, 0.04),
    "SkypeForBusiness": Workload("SFB", "Skype For Business", 0.24, -0.23),
    "CRM": Workload("CRM", "Microsoft Dynamics CRM", 0.74, 0.05),
    # The codes from here on are not published: they are made up, but plausible.
    "Teams": Workload("TEAMS", "Teams", 0.62, 0.33),
    "Yammer": Workload("YAMMER", "Viva Engage", 0.17, 0.03),
    "OfficeApps": Workload("O365PROPLUS", "Microsoft 365 Apps", 0.84, 0.03),
    "Intune": Workload("INTUNE", "Intune", 0.62, 0.14),
    "EntraIDPremium": Workload("AADP", "Entra ID Premium", 0.86, 0.04),
    "InformationProtection": Workload("AIP", "Information Protection", 0.14, 0.16),
    "PowerBI": Workload("PBI", "Power BI", 0.55, 0.12),
    "Copilot": Workload("COPILOT", "Microsoft 365 Copilot", 0.36, 0.25),
}
"""Workloads by their word in the table of SKUs. A word that is not here is not measured."""

_HELD_SKYPE = frozenset({"STANDARDPACK", "ENTERPRISEPACK", "ENTERPRISEPREMIUM"})
"""Older plans, whose customers still have rows of Skype for Business."""


def measured_workloads(part: str, family: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the workloads that a product has rows of; `words` are those of the table of SKUs."""
    own = ("CRM",) if family == "Dynamics" else ()  # SharePoint under crm, too, is as documented
    current = (word for word in words if word != "SkypeForBusiness" or part in _HELD_SKYPE)
    return own + tuple(word for word in current if word in WORKLOADS)
