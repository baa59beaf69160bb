"""A generated partner whose customers have two services, processed on different days."""

from datetime import timedelta
from functools import cached_property

from tests.partner_center.company import Company, Item


class TwoServices(Company):
    """One whose customers have Dynamics too, which is always processed a day before Office."""

    @cached_property
    def deployment(self) -> list[Item]:
        """Office as ever, and 290 seats of Dynamics."""
        seats = {"licensesDeployed": 167, "licensesSold": 290}
        return [*super().deployment, *({**self._dynamics(at), **seats} for at in self._every())]

    @cached_property
    def usage(self) -> list[Item]:
        """Office as ever, and 108 people in Dynamics."""
        use = {"workloadCode": "CRM", "workloadName": "Microsoft Dynamics CRM"}
        people = {"licenseActive": 108, "licensesQualified": 290}
        rows = ({**use, **self._dynamics(at), **people} for at in self._every())
        return [*super().usage, *rows]

    def _every(self) -> range:
        return range(self.customers)

    def _dynamics(self, at: int) -> Item:
        return {
            **self._licence(at, "D1AE7B2C-7A1C-4B0D-9C64-5F3F8B0C0D36", "DYNAMICS 365 SALES"),
            "processedDateTime": f"{self.today - timedelta(days=3)}T00:00:00",
            "serviceCode": "crm",
            "serviceName": "Microsoft Dynamics",
        }
