"""Operations of the activity log, each by the kind of thing that was done; and words that narrow
the log.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class ActivityKind(Enum):
    """A kind of thing that is done in a partner's account."""

    ORDER = "order"
    """Orders and transfers."""
    SUBSCRIPTION = "subscription"
    """Changes of subscriptions."""
    LICENSE = "license"
    """Seats given to users, or taken from them."""
    CUSTOMER = "customer"
    """Customers, their profiles and agreements."""
    USER = "user"
    """Users of customers."""
    PASSWORD = "password"  # noqa: S105 a word that people type
    """Passwords of customers' users."""
    ROLE = "role"
    """Roles given or taken."""
    GDAP = "gdap"
    """Delegated admin relationships, those of before GDAP too."""
    BUDGET = "budget"
    """Azure budgets, spending limits, overage and fraud."""
    INVOICE = "invoice"
    """Invoices and credits."""
    ACCOUNT = "account"
    """The partner's own account: users, apps, other partners."""
    DEVICE = "device"
    """Devices and their policies."""
    REFERRAL = "referral"
    SOFTWARE = "software"
    """Keys and downloads of software."""
    OTHER = "other"
    """Operations that Microsoft did not document when this was written."""


class ActivityOutcome(Enum):
    """The way in which an operation did not end well, or did not end yet."""

    FAILED = "failed"
    """Failed or declined: it changed nothing."""
    IN_PROGRESS = "in-progress"


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """The records to tell of; without any word all of them."""

    kind: ActivityKind | None = None
    outcome: ActivityOutcome | None = None
    person: str = ""
    """A sign-in name, or the part of it before the `@`, in lower case; empty for everybody."""
    subscription: str = ""
    """The id of the only subscription to tell of, in lower case; empty for everything."""

    @property
    def words(self) -> tuple[str, ...]:
        """The values of the words that were chosen, in the order in which they are said."""
        return tuple(each.value for each in (self.kind, self.outcome) if each)

    @property
    def narrows(self) -> bool:
        """True if it leaves any record out."""
        return bool(self.words or self.person or self.subscription)


EVERY_RECORD = ActivityFilter()
"""Nothing is narrowed."""

_BY_KIND: Mapping[ActivityKind, tuple[str, ...]] = {
    ActivityKind.ORDER: ("create_order", "update_order", "create_transfer", "update_transfer"),
    ActivityKind.SUBSCRIPTION: (
        *("update_subscription", "upgrade_subscription", "convert_trial_subscription"),
        *("create_self_serve_policy", "update_self_serve_policy", "delete_self_serve_policy"),
    ),
    ActivityKind.LICENSE: ("update_customer_user_licenses", "update_sfb_customer_user_licenses"),
    ActivityKind.CUSTOMER: (
        *("add_customer", "delete_customer", "delete_tip_customer", "create_agreement"),
        *("update_customer_qualification", "update_customer_billing_profile"),
        *("update_customer_partner_contract_company_name", "extend_relationship"),
        "remove_partner_customer_relationship",
    ),
    ActivityKind.USER: (
        *("create_customer_user", "delete_customer_user", "update_customer_user"),
        *("restore_customer_user", "update_customer_user_principal_name"),
    ),
    ActivityKind.PASSWORD: ("reset_customer_user_password",),
    ActivityKind.ROLE: ("add_user_member", "remove_user_member"),
    ActivityKind.GDAP: (
        *("granular_admin_relationship_approved", "granular_admin_relationship_activated"),
        "granular_admin_relationship_termination_requested",
        *("granular_admin_relationship_terminated", "granular_admin_relationship_expired"),
        "granular_admin_relationship_cleaned_up",
        *("granular_admin_access_assignment_created", "granular_admin_access_assignment_activated"),
        *("granular_admin_access_assignment_updated", "granular_admin_access_assignment_deleted"),
        *("dap_admin_relationship_approved", "dap_admin_relationship_terminated"),
        "dap_admin_relationship_terminated_by_microsoft",
    ),
    ActivityKind.BUDGET: (
        *("update_customer_spending_budget", "increase_spending_limit", "manage_overage"),
        "azure_fraud_event_detected",
    ),
    ActivityKind.INVOICE: ("ready_invoice", "create_credit", "update_credit", "cancel_credit"),
    ActivityKind.ACCOUNT: (
        *("create_partner_user", "update_partner_user", "remove_partner_user"),
        *("create_mpn_association", "update_mpn_association", "update_company_info"),
        *("create_partner_relationship", "remove_partner_relationship"),
        *("register_application", "unregister_application"),
        *("add_application_credential", "remove_application_credential"),
    ),
    ActivityKind.DEVICE: (
        *("policy_created", "policy_updated", "policy_deleted"),
        *("device_updated", "devices_update_attempted", "device_deleted"),
        "devices_upload_to_new_batch_attempted",
        "devices_upload_to_existing_batch_attempted",
    ),
    ActivityKind.REFERRAL: (
        *("create_referral", "update_referral"),
        *("create_related_referral", "update_related_referral"),
    ),
    ActivityKind.SOFTWARE: (
        *("get_software_key", "get_software_download_link", "software_attestation"),
    ),
}

OPERATIONS: Mapping[str, ActivityKind] = {
    operation: kind for kind, operations in _BY_KIND.items() for operation in operations
}
"""The kind of each operation that Microsoft documents (audit records, `operationType`)."""

GDAP_ENDINGS = frozenset(
    {
        *("granular_admin_relationship_terminated", "granular_admin_relationship_expired"),
        *("dap_admin_relationship_terminated", "dap_admin_relationship_terminated_by_microsoft"),
    }
)
"""Operations with which the partner's admin access to a customer ends."""

STATUSES: Mapping[str, ActivityOutcome] = {
    "failed": ActivityOutcome.FAILED,
    "decline": ActivityOutcome.FAILED,
    "progress": ActivityOutcome.IN_PROGRESS,
}
"""Outcomes by the source's words for a status, without that of an operation done."""


def kind_of(operation: str) -> ActivityKind:
    """Return the kind of an operation; OTHER for one that is not documented."""
    return OPERATIONS.get(operation, ActivityKind.OTHER)
