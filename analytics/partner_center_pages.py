"""Pages of Partner Center that answers link to."""

import re
from string import Template

from analytics.rules import dated_rule

_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def customer_page(tenant: str) -> str | None:
    """Return the address of the page with a customer's subscriptions; None for an id that is no
    GUID. Its form is a dated rule: Microsoft documents none.
    """
    plain = tenant.lower()
    if not _GUID.fullmatch(plain):
        return None
    pattern = dated_rule("partner-center-customer-page").texts["pattern"]
    return Template(pattern).substitute(tenant=plain)
