"""Reports of the tests' own, saying only what matters."""

from datetime import datetime

from analytics.values import OWN, PartnerId, TenantId
from handlers.chat.asking import UserRef
from handlers.chat.reports import Report
from tests.store.entries import ADA, NOW

CONTOSO = TenantId("0112a436-b14e-4888-967b-ca4bb2cf1234")
FABRIKAM = TenantId("11111111-2222-3333-4444-555555555555")


def report(  # noqa: PLR0913 a report has many sides, and a test names one or two
    said: str = "120 were bought, not 100.",
    *,
    reporter: UserRef = ADA,
    partner: PartnerId = OWN,
    question: str = f"/usage {CONTOSO}",
    customers: tuple[TenantId, ...] = (CONTOSO,),
    stamp: tuple[str, ...] = ("Licences: as of 20 Nov 2026.",),
    generation: int | None = 7,
    at: datetime = NOW,
) -> Report:
    """Ada's report of an answer about Contoso."""
    return Report(
        *(reporter, partner, "C1", question, "usage", customers, stamp, generation, said, at)
    )
