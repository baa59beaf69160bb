"""Insights reports of the made-up partner itself: its locations, and what its people learned."""

from collections.abc import Iterator
from datetime import date, timedelta

from analytics.demo.insights_cells import PARTNER, Cells
from analytics.demo.page import DemoPage, sheets
from analytics.demo.planted import planted_in
from analytics.demo.stories import made_up_id
from analytics.tables.insights_partner import INSIGHTS_LEARN, INSIGHTS_PROFILE, INSIGHTS_TRAINING

_LOCATIONS = (("7000002", "Lyon", "France"), ("7000003", "Göteborg", "Sweden"))


def partner_sheets(today: date) -> Iterator[DemoPage]:
    """Yield the partner's locations, its exams, and its modules of Microsoft Learn."""
    yield from sheets(INSIGHTS_PROFILE, today, _locations())
    yield from sheets(INSIGHTS_TRAINING, today, _trainings(today))
    yield from sheets(INSIGHTS_LEARN, today, _modules(today))


def _locations() -> Iterator[Cells]:
    for number, city, country in _LOCATIONS:
        yield {
            **PARTNER,
            "MPNId": number,
            "PartnerName": f"Made-up Partner {city}",
            "City": city,
            "Country": country,
            "HierarchyLevel": "Location",
        }


def _trainings(today: date) -> Iterator[Cells]:
    """Yield an exam that counts, whose person is planted, and an expired one without a person."""
    words = planted_in(INSIGHTS_TRAINING.name)
    done = today - timedelta(days=45)
    exam = {
        **PARTNER,
        "Month": done.strftime("%Y-%m"),
        "TrainingActivityId": "MS-102",
        "TrainingTitle": "Microsoft 365 Administrator",
        "TrainingType": "Exam",
        "PartnerCityLocation": "Lyon",
        "PartnerCountryLocation": "France",
        "TrainingCompletionDate": done,
        "ExpirationDate": done + timedelta(days=365),
        "ActivationStatus": "Active",
    }
    yield {
        **exam,
        "IndividualFirstName": words["first_name"],
        "IndividualLastName": words["last_name"],
        "Email": words["email"],
        "CorpEmail": words["work_email"],
        "AADUserId": words["user"],
        "MCPID": words["certified_id"],
        "IcMCP": "1",
    }
    old = done - timedelta(days=400)
    ended = {"TrainingCompletionDate": old, "ExpirationDate": old + timedelta(days=365)}
    yield {**exam, **ended, "Month": old.strftime("%Y-%m"), "ActivationStatus": "Expired"}


def _modules(today: date) -> Iterator[Cells]:
    words = planted_in(INSIGHTS_LEARN.name)
    module = {
        **PARTNER,
        "TrainingName": "Manage Microsoft 365 Copilot",
        "TrainingType": "Module",
        "Products": "Microsoft 365",
        "Roles": "Administrator",
        "CompletionDate": today - timedelta(days=18),
        "Country": "France",
    }
    yield {**module, "UserId": words["user"], "UserName": words["user_name"]}
    yield {**module, "UserId": made_up_id("another learner"), "UserName": "Priya Raman"}
