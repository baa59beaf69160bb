"""Today's names of products and workloads that the source, or Microsoft's table of SKUs, still
calls by an earlier one. Questions are searched by both.
"""

from collections.abc import Mapping

from analytics.folded_text import folded_text

CURRENT_NAMES: Mapping[str, str] = {
    # Documented workload names of usage insights, `workloadName`. Microsoft's documents say
    # "Dynamics 365 Customer Engagement (formerly Dynamics CRM Online)" (marketplace leads).
    "Microsoft Dynamics CRM": "Dynamics 365",
    "Skype For Business": "Skype for Business",
    # "Viva Engage (formerly Yammer)" (SharePoint, inactive site policies).
    "Yammer": "Viva Engage",
    # The table of SKUs; usage insights call the workload by today's name.
    "Microsoft Copilot for Microsoft 365": "Microsoft 365 Copilot",
    "Copilot for Microsoft 365": "Microsoft 365 Copilot",
}
"""Today's name by each earlier one. Only whole names change: the table of SKUs has products called
Dynamics CRM Online, which were sold as such.
"""

_BY_FOLDED = {folded_text(former): name for former, name in CURRENT_NAMES.items()}


def current_name(name: str) -> str:
    """Return today's name of a product or workload; any other name as it is.

    >>> current_name("YAMMER"), current_name("Exchange")
    ('Viva Engage', 'Exchange')
    """
    return _BY_FOLDED.get(folded_text(name), name)
