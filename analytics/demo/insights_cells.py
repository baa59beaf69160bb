"""Cells that the made-up partner's Insights reports share, by heading."""

from collections.abc import Mapping
from datetime import date

from analytics.demo.contracts import Contract
from analytics.demo.customer_list import domain
from analytics.demo.stories import made_up_id, made_up_tenant

Cells = Mapping[str, object]

PARTNER: Cells = {
    "PGAMpnID": "7000001",
    "PGA_MPNID": "7000001",
    "PGA_PartnerName": "Made-up Partner",
    "MPNID": "7000002",
    "MPNId": "7000002",
    "PartnerName": "Made-up Partner Lyon",
    "PartnerLocation": "Lyon",
    "PartnerAttributionType": "CSP",
    "PartnerHierarchy": "Location",
    "SalesChannel": "CSP",
    "IsDuplicateRowForPGA": "0",
}
"""The partner's global account, and its location."""

_RESELLERS = {"7011001": "Vinea Conseil", "7011002": "Atelier Numérique"}
_STATES = {"active": "Active", "suspended": "Disabled", "deprovisioned": "Deprovisioned"}
EDUCATION = "Bellows College"
"""A customer of the education segment, whose price is not known."""


def customer_cells(customer: str) -> Cells:
    """Return who the customer is."""
    education = customer == EDUCATION
    number = str(int(made_up_id(customer)[:6], 16))
    return {
        "CustomerTenantId": made_up_tenant(customer),
        "CustomerId": number,
        "CustomerName": customer,
        "CustomerTenantName": customer,
        "CustomerTpid": number,
        "CustomerSegment": "Education" if education else "SMB",
        "TopSegment": "Education" if education else "Commercial",
        "CustomerMarket": "France",
        "CustomerCountry": "France",
        "CustomerCountryCode": "FR",
        "CustomerTenantCountry": "France",
        "TenantDomainName": domain(customer),
        "IndustryName": "Education" if education else "Retail",
        "VerticalName": "Higher Education" if education else "Retailers",
        "PricingLevel": "Education" if education else "Commercial",
        **PARTNER,
    }


def contract_cells(contract: Contract) -> Cells:
    """Return what a subscription is, with its seats."""
    division = "Dynamics" if contract.product.startswith("Dynamics") else "Office"
    return {
        **customer_cells(contract.customer),
        "SubscriptionId": contract.id,
        "SubscriptionID": contract.id,
        "SubscriptionStartDate": contract.starts,
        "SubscriptionEndDate": contract.ends or "",
        "SubscriptionStartMonth": contract.starts.strftime("%Y-%m"),
        "SubscriptionState": _STATES.get(contract.status, "Open"),
        "IsAutoRenew": contract.auto_renew,
        "Product": contract.product,
        "RawProductName": contract.product,
        "ReportingProductName": contract.product,
        "SKU": contract.product,
        "FreeVsPaidSKU": "Trial" if contract.trial else "Paid",
        "SalesModel": "CSP",
        "DetailedSalesModel": "CSP direct",
        "ProductFamily": division,
        "RevSumDivisionName": division,
        "RevSumCategoryName": division,
        "SolutionArea": "Modern Work",
        "ResellerID": contract.reseller,
        "ResellerName": _RESELLERS.get(contract.reseller, ""),
        **seat_cells(contract.quantity or 0),
    }


def seat_cells(seats: int) -> Cells:
    """Return bought seats under each of their headings."""
    names = ("AvailableSeats", "AvailableSeatsEOP", "TotalSoldSeats", "PaidAvailableUnits")
    return dict.fromkeys(names, seats)


def reseller_cells(contract: Contract) -> Cells:
    """Return through whom a subscription was sold: the made-up partner is the provider."""
    return {
        "ResellerMpnID": contract.reseller,
        "ResellerName": _RESELLERS[contract.reseller],
        "ResellerMarket": "France",
        "ResellerStatus": "Active",
        "IndirectProviderMpnID": PARTNER["PGAMpnID"],
        "IndirectProviderName": PARTNER["PGA_PartnerName"],
    }


def month_cells(month: date) -> Cells:
    """Return a month under each of its headings."""
    return dict.fromkeys(("Month", "DateKey", "MonthKey"), month)
