"""A report's question in words that its readers know."""

import re
from collections.abc import Mapping

from analytics.values import TenantId
from handlers.chat.reports import Report


def customers_in(report: Report) -> list[TenantId]:
    """Return the customers that a report's question holds by id."""
    return [tenant for tenant in report.customers if tenant.lower() in report.question.lower()]


def question_with_names(question: str, names: Mapping[str, str]) -> str:
    """Put customers' names, given by id, in place of their ids.

    >>> question_with_names("/usage AB-1 90 days", {"ab-1": "Contoso"})
    '/usage Contoso 90 days'
    """
    if not names:
        return question
    by_id = {tenant.lower(): name for tenant, name in names.items()}
    ids = "|".join(map(re.escape, by_id))
    return re.sub(
        ids, lambda found: by_id.get(found[0].lower(), found[0]), question, flags=re.IGNORECASE
    )
