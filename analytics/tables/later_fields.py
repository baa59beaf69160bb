"""Fields of a subscription that are asked for since form 1 of its rows: what may be given back,
what is scheduled for its end, and what it came from.
"""

from analytics.tables.columns import CellType, Column
from analytics.values import Secrecy

END_ACTIONS = ("Cancel", "RenewToNewTerm", "RenewToExtendedServiceTerm", "Transition")
"""Words for the end of a term that rules know."""

FORM = 1
"""The newest form of a subscription's row."""


def _later(name: str, field: str, kind: CellType, meaning: str, *, ahead: bool = False) -> Column:
    return Column(name, field, kind, meaning, optional=True, ahead=ahead, form=FORM)


LATER_FIELDS = (
    _later(
        "refundable",
        "refundableQuantity",
        CellType.TEXT,
        'seats that may be given back: JSON {"total": 5, "parts": [{"quantity": 3, "until": '
        '"2026-12-02T10:00:00Z"}]}, the earliest part first; NULL: none',
    ),
    _later(
        "refundable_until",
        "refundableQuantity.details.allowedUntilDateTime",
        CellType.MOMENT,
        "instant at which the last of these parts can no longer be given back",
        ahead=True,
    ),
    _later(
        "next_quantity",
        "scheduledNextTermInstructions.quantity",
        CellType.COUNT,
        "seats scheduled for the next term; NULL: no change of them is scheduled",
    ),
    _later(
        "next_offer",
        "scheduledNextTermInstructions.product",
        CellType.TEXT,
        "what is scheduled for the next term, product:sku:availability",
    ),
    _later(
        "scheduled_term",
        "scheduledNextTermInstructions.product.termDuration",
        CellType.TEXT,
        "the term scheduled: P1M, P1Y or P3Y",
    ),
    _later(
        "next_ends",
        "scheduledNextTermInstructions.customTermEndDate",
        CellType.DATE,
        "day on which the next term is scheduled to end",
    ),
    _later(
        "scheduled_actions",
        "scheduledActions",
        CellType.TEXT,
        "what is scheduled, as JSON: a list of scheduleType, actionType, effectiveDate and "
        "instructions. NULL: the key never came; []: it came empty. The shape is secondary",
    ),
    _later(
        "end_action",
        "scheduledActions.actionType",
        CellType.TEXT,
        "what is chosen for the end of the term: Cancel, RenewToNewTerm, "
        "RenewToExtendedServiceTerm, Transition, or a word not known to us; NULL: nothing",
    ),
    _later(
        "end_action_on",
        "scheduledActions.effectiveDate",
        CellType.DATE,
        "day on which that is to be done, where the source says it",
    ),
    _later("parent", "parentSubscriptionId", CellType.CODE, "the subscription it is an add-on of"),
    _later(
        "migrated_from",
        "migratedFromSubscriptionId",
        CellType.CODE,
        "the legacy subscription that it was carried over from",
    ),
    _later("entitlement", "entitlementId", CellType.CODE, "the Azure subscription behind it"),
    _later(
        "commitment_ends",
        "commitmentEndDateTime",
        CellType.MOMENT,
        "instant at which the commitment ends",
        ahead=True,
    ),
    _later("custom_term_ends", "customTermEndDate", CellType.DATE, "end day that was chosen"),
    Column(
        "form",
        "form of the row",
        CellType.COUNT,
        "1: the columns from `refundable` on were asked for, so that their NULL means none. NULL: "
        "they were not, by an earlier version or in a file, or could not be read",
        optional=True,
    ),
    Column(
        "rest",
        "all other fields",
        CellType.TEXT,
        "every other field of the answer as JSON, 4,000 characters at most; kept for later "
        "versions, and read by nothing",
        optional=True,
        secrecy=Secrecy.SEALED,
        form=FORM,
    ),
)
"""The last columns of a subscription. A field of a form that we cannot read stays in `rest`."""
