"""A generated partner: customers, their licences, subscriptions, Azure spend and activity, with the
awkward cases that the documentation shows. The same seed gives the same partner.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from random import Random
from uuid import UUID

from tests.partner_center.subscribed import analysis, azure_plan, subscription

Item = dict[str, object]
E3 = "6FD2C87F-B296-42F0-B197-1E91E994B900"
_PRODUCTS = (
    (E3, "OFFICE 365 ENTERPRISE E3", ("EXO", "SPO")),
    ("F30DB892-07E9-47E9-837C-80727F46FD3D", "MICROSOFT POWER AUTOMATE FREE", ()),
    (
        "CBDC14AB-D96C-4C30-B9F4-6ADA7CDC1D46",
        "MICROSOFT 365 BUSINESS PREMIUM",
        ("EXO", "SPO", "SFB"),
    ),
)
_NAMES = {"EXO": "Exchange", "SPO": "SharePoint", "SFB": "Skype For Business"}
_WORDS = ("Contoso", "Fabrikam", "Élan d'été", "O'Reilly & Sønn", "Northwind", "Tailspin 玩具")


@dataclass(frozen=True)
class Company:
    """What there is to fetch on one day."""

    customers: int
    seed: int
    today: date = field(default_factory=lambda: datetime.now(UTC).date())  # noqa: TID251 a server has its own clock
    azure: int = 0
    """Up to which customer some have an Azure plan; those whose spend has no currency have none."""

    @cached_property
    def everybody(self) -> list[str]:
        """The ids of all who are ever its customers, in lower case."""
        chance = Random(self.seed)  # noqa: S311 made-up data
        return [str(UUID(int=chance.getrandbits(128), version=4)) for _ in range(self.customers)]

    @cached_property
    def places(self) -> dict[str, int]:
        """The customers of the day, each with its place among everybody."""
        return {tenant: at for at, tenant in enumerate(self.everybody) if self.is_there(at)}

    @cached_property
    def tenants(self) -> list[str]:
        """Customers' ids, in lower case."""
        return list(self.places)

    def is_there(self, at: int) -> bool:
        """True for a customer of that day."""
        return at < self.customers

    def on(self, day: date) -> "Company":
        """The same partner as it was on a day, for what is told of that day."""
        return replace(self, today=day)

    @property
    def products(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """What its customers have seats of."""
        return _PRODUCTS

    def seats(self, at: int, number: int) -> int:
        """Seats of a customer's product."""
        return 10 + (at * 7 + number) % 90

    def name(self, at: int) -> str:
        """A customer's name."""
        return f"{_WORDS[at % len(_WORDS)]} {at}"

    @cached_property
    def people(self) -> list[Item]:
        """`/v1/customers`."""
        return [
            {
                "id": tenant,
                "companyProfile": {
                    "tenantId": tenant,
                    "domain": f"c{at}.onmicrosoft.com",
                    "companyName": self.name(at),
                    "attributes": {"objectType": "CustomerCompanyProfile"},
                },
                "relationshipToPartner": "reseller",
                "attributes": {"objectType": "Customer"},
            }
            for tenant, at in self.places.items()
        ]

    @cached_property
    def deployment(self) -> list[Item]:
        """`commercial/deployment/license`."""
        return [
            {
                **self._licence(at, product, name),
                "licensesDeployed": sold - (at % 3),
                "licensesSold": sold,
            }
            for at, product, name, sold, _ in self._sold()
        ]

    @cached_property
    def usage(self) -> list[Item]:
        """`commercial/usage/license`; with the documented example's spelling."""
        return [
            {
                "workloadCode": code,
                "workloadName": _NAMES[code],
                **self._licence(at, product, name),
                "licenseActive": sold // 2 + len(code),
                "licensesQualified": sold,
            }
            for at, product, name, sold, codes in self._sold()
            for code in codes
        ]

    @cached_property
    def deployment_totals(self) -> list[Item]:
        """`/v1/analytics/licenses/deployment`, superseded."""
        return [
            {
                "proratedDeploymentPercent": 0.75,
                "licensesSold": self.totals()["sold"],
                "processedDateTime": "2026-11-14T03:25:16.36+00:00",
                "serviceName": "o365",
                "channel": "reseller",
            }
        ]

    @cached_property
    def usage_totals(self) -> list[Item]:
        """`/v1/analytics/licenses/usage`, superseded."""
        return [
            {
                "proratedLicensesUsagePercent": 0.5,
                "workloadName": name,
                "processedDateTime": "2026-11-14T00:00:00+00:00",
                "serviceName": "o365",
                "channel": "reseller",
            }
            for name in _NAMES.values()
        ]

    def subscriptions(self, tenant: str) -> list[Item]:
        """`/v1/customers/{id}/subscriptions`."""
        at = self.places[tenant]
        held = enumerate(_PRODUCTS[: 1 + at % 2])
        seats = [subscription(self.seed, at, number, name) for number, (_, name, _) in held]
        return [*seats, *([azure_plan(plan)] if (plan := self.plan(tenant)) else [])]

    def sku(self, offer: str) -> str:
        """The product of an offer, as one of its subscriptions tells it."""
        return E3

    def plan(self, tenant: str) -> str:
        """The id of a customer's Azure plan; empty if there is none."""
        at = self.places[tenant]
        return str(UUID(int=self.seed * 1000 + at * 10 + 9)) if at % 3 and at <= self.azure else ""

    @cached_property
    def insights(self) -> list[Item]:
        """`/partner/v1/analytics/subscriptions`."""
        return [
            analysis(each, tenant, self.name(at))
            for tenant, at in self.places.items()
            for each in self.subscriptions(tenant)
            if each["billingType"] == "license"
        ]

    def audit(self, day: date) -> list[Item]:
        """`/v1/auditrecords` of one day: some days have none."""
        chance = Random(f"{self.seed}{day}")  # noqa: S311 made-up data
        records = []
        for number in range(chance.randrange(4) if self.customers else 0):
            at = chance.randrange(self.customers)
            record: Item = {
                "id": f"{self.everybody[at]}_{day}_{number}",
                "partnerId": "3b33e682-00c3-41ee-9dd2-a548adf56438",
                "customerId": self.everybody[at],
                "customerName": self.on(day).name(at),
                "userPrincipalName": "admin@partner.onmicrosoft.com",
                "applicationId": "Partner Center Native App",
                "resourceType": chance.choice(("license", "subscription", "order")),
                "resourceNewValue": '{"LicensesToAssign":[{"SkuId":"efccb6f7"}]}',
                "operationType": "update_subscription",
                "operationDate": f"{day}T{number:02}:09:07.0450483Z",
                "operationStatus": "succeeded",
                "customizedData": [{"key": "OrderId", "value": None}],
            }
            if number == 1:
                del record["customerName"], record["userPrincipalName"]
            records.append(record)
        return records

    @cached_property
    def spend(self) -> list[Item]:
        """`/v1/customers/usagerecords`."""
        return [
            {
                "budget": {"amount": 20.5} if at % 2 else {"attributes": {}},
                "percentUsed": round((120.5682999999996 + at) / 20.5 * 100, 2) if at % 2 else 0,
                "isUpgraded": at % 3 > 0,
                "resourceId": tenant,
                "id": tenant,
                "resourceName": self.name(at),
                "totalCost": 120.5682999999996 + at,
                "currencyCode" if at % 3 else "currencyLocale": "SEK" if at % 3 else "fr-FR",
                "usdTotalCost": 12.4,
                "lastModifiedDate": "2026-11-17T17:08:11.1433333+00:00",
            }
            for tenant, at in self.places.items()
        ]

    def skus(self, tenant: str) -> list[Item]:
        """`/v1/customers/{id}/subscribedskus`."""
        at = self.places[tenant]
        sold = self.seats(at, 0)
        return [
            {
                "availableUnits": at % 3,
                "activeUnits": sold,
                "consumedUnits": sold - at % 3,
                "suspendedUnits": 0,
                "totalUnits": sold,
                "warningUnits": 0,
                "productSku": {
                    "id": E3.lower(),
                    "name": "Office 365 E3",
                    "skuPartNumber": "ENTERPRISEPACK",
                },
                "servicePlans": [],
                "capabilityStatus": "Enabled",
            }
        ]

    @cached_property
    def roles(self) -> list[Item]:
        """`/v1/roles`."""
        return [
            {"id": f"role-{n}", "name": name} for n, name in enumerate(("Report Viewer", "Admin"))
        ]

    def members(self, role: str) -> list[Item]:
        """`/v1/roles/{id}/usermembers`."""
        return [
            {
                "id": str(UUID(int=number + 7)),
                "displayName": f"Person {number}",
                "userPrincipalName": f"p{number}@partner.onmicrosoft.com",
                "roleId": role,
            }
            for number in range(3)
        ]

    def totals(self) -> dict[str, int]:
        """What a right fetch adds up to."""
        days = [self.today - timedelta(days=back) for back in range(90)]
        return {
            "customers": len(self.people),
            "sold": sum(int(str(each["licensesSold"])) for each in self.deployment),
            "assigned": sum(int(str(each["licensesDeployed"])) for each in self.deployment),
            "active": sum(int(str(each["licenseActive"])) for each in self.usage),
            "subscriptions": sum(len(self.subscriptions(tenant)) for tenant in self.tenants),
            "seats": sum(
                int(str(each["quantity"])) for t in self.tenants for each in self.subscriptions(t)
            ),
            "insights": len(self.insights),
            "activity": sum(len(self.audit(day)) for day in days),
            "spend": len(self.spend),
            "members": sum(len(self.members(str(role["id"]))) for role in self.roles),
        }

    def _sold(self) -> list[tuple[int, str, str, int, tuple[str, ...]]]:
        return [
            (at, product, name, self.seats(at, number), codes)
            for at in self.places.values()
            for number, (product, name, codes) in enumerate(self.products)
        ]

    def _licence(self, at: int, product: str, name: str) -> Item:
        return {
            "processedDateTime": f"{self.today - timedelta(days=2)}T00:00:00",
            "serviceCode": "o365",
            "serviceName": "Microsoft Office 365",
            "channel": "reseller",
            "customerTenantId": self.everybody[at].upper(),
            "customerName": self.name(at).upper(),
            "productId": product,
            "productName": name,
        }
