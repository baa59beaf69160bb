"""Typed words and the products they mean: names first, part numbers whole, never a sum of plans."""

from pathlib import Path

import pytest

from analytics.current_names import current_name
from analytics.questions.named_products import named_products
from analytics.questions.spoken_names import spoken_name
from analytics.questions.topics import find_topics
from analytics.skus import SKUS
from analytics.warehouse.facts import Facts
from tests.questions.asking import CONTOSO
from tests.questions.conftest import Told
from tests.warehouse.rows import opened, publish, seats

OWN_BASIC = "0e000000-0000-4000-8000-000000000001"
"""A product that Microsoft's table lacks; licence data calls it Fabrikam Basic."""

BUSINESS = ["Microsoft 365 Business Standard", "Microsoft 365 Business Premium"]
BUSINESS += ["Microsoft 365 Business Basic"]
PLANS = ["Office 365 E3", "Microsoft 365 E3", "Office 365 E3 EEA (no Teams)"]
PLANS += ["Microsoft Teams EEA", "Enterprise Mobility + Security E3"]
SECURITY = ["Microsoft Entra ID P1", "Microsoft Entra ID P2", "Exchange Online (Plan 1)"]
SECURITY += ["Microsoft Defender for Endpoint P1", "Microsoft Defender for Office 365 (Plan 1)"]
FRONT = ["Microsoft 365 F1", "Microsoft 365 F3", "Office 365 F3"]
SHARED, COPILOT = ["Microsoft Teams Shared Devices"], ["Microsoft Copilot for Microsoft 365"]
POWER = ["Power BI Pro", "Power BI Premium Per User", "Microsoft Fabric (Free)"]


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    folder: Path = tmp_path_factory.mktemp("named")
    publish(folder, seats(1, product=OWN_BASIC, product_name="FABRIKAM BASIC"))
    return opened(folder)


def ids(*names: str) -> list[str]:
    """The ids of all products of these names."""
    return [sku.id for sku in SKUS.values() if sku.name in names]


def meant(facts: Facts, held: list[str], said: str) -> set[str]:
    found = named_products(facts, [*ids(*held), OWN_BASIC], said)
    return {SKUS[each].name if each in SKUS else "Fabrikam Basic" for each in found.products}


@pytest.mark.parametrize(
    ("held", "said", "names"),
    [
        (BUSINESS, "business premium", {"Microsoft 365 Business Premium"}),
        (BUSINESS, "premium", {"Microsoft 365 Business Premium"}),
        (BUSINESS, "bp", {"Microsoft 365 Business Premium"}),
        (BUSINESS, "bs", {"Microsoft 365 Business Standard"}),
        (BUSINESS, "BB", {"Microsoft 365 Business Basic"}),
        (BUSINESS, "m365 business basic", {"Microsoft 365 Business Basic"}),
        (BUSINESS, "O365_BUSINESS_PREMIUM", {"Microsoft 365 Business Standard"}),
        (BUSINESS, "office 365 business premium", {"Microsoft 365 Business Standard"}),
        (BUSINESS, "o365 business essentials", {"Microsoft 365 Business Basic"}),
        (BUSINESS, "business essentials", {"Microsoft 365 Business Basic"}),
        (BUSINESS, "essentials", set()),
        (BUSINESS, "spb", {"Microsoft 365 Business Premium"}),
        (BUSINESS, "business", {*BUSINESS}),
        (BUSINESS, "basic", {"Microsoft 365 Business Basic", "Fabrikam Basic"}),
        (["Microsoft 365 Business Standard"], "business premium", set()),
        (["Microsoft 365 Business Standard"], "premium", set()),
        (FRONT, "f1", {"Microsoft 365 F1"}),
        (FRONT, "m365 f1", {"Microsoft 365 F1"}),
        (FRONT, "f3", {"Microsoft 365 F3", "Office 365 F3"}),
        (FRONT, "SPE_F1", {"Microsoft 365 F3"}),
        (FRONT, "o365 f1", {"Office 365 F3"}),
        (["Microsoft 365 F3"], "f1", set()),
        (["Microsoft 365 F3"], "microsoft 365 f1", set()),
        (PLANS, "o365 e3", {"Office 365 E3"}),
        (PLANS, "m365 e3", {"Microsoft 365 E3"}),
        (PLANS, "Office 365 E3", {"Office 365 E3"}),
        (PLANS, "ems e3", {"Enterprise Mobility + Security E3"}),
        (PLANS, "e3", {*PLANS} - {"Microsoft Teams EEA"}),
        (PLANS, "teams", {"Microsoft Teams EEA"}),
        (PLANS, "e3 (no teams)", {"Office 365 E3 EEA (no Teams)"}),
        (PLANS, "e3 without teams", {"Office 365 E3 EEA (no Teams)"}),
        (PLANS, "without teams e3", {"Office 365 E3 EEA (no Teams)"}),
        (PLANS, "o365 e3 w/o teams", {"Office 365 E3 EEA (no Teams)"}),
        (PLANS, "e3 ohne teams", {"Office 365 E3 EEA (no Teams)"}),
        (PLANS, "e3 sans teams", {"Office 365 E3 EEA (no Teams)"}),
        (PLANS, "e3 no-teams", {"Office 365 E3 EEA (no Teams)"}),
        (["Microsoft Teams Rooms Pro without Audio Conferencing"], "audio conferencing", set()),
        (["Office 365 GCC G5 without Power BI and Phone System"], "power bi", set()),
        (["Microsoft 365 E5 EEA (no Teams) with Calling Minutes"], "teams", set()),
        (["Microsoft 365 G3 GCC", "Office 365 G3 GCC"], "m365 g3", {"Microsoft 365 G3 GCC"}),
        (SECURITY, "aad p1", {"Microsoft Entra ID P1"}),
        (SECURITY, "azure ad p1", {"Microsoft Entra ID P1"}),
        (SECURITY, "Azure Active Directory Premium P2", {"Microsoft Entra ID P2"}),
        (SECURITY, "AAD_PREMIUM", {"Microsoft Entra ID P1"}),
        (SECURITY, "entra p1", {"Microsoft Entra ID P1"}),
        (SECURITY, "p1", {*SECURITY} - {"Microsoft Entra ID P2"}),
        (SECURITY, "exo p1", {"Exchange Online (Plan 1)"}),
        (SECURITY, "mdo p1", {"Microsoft Defender for Office 365 (Plan 1)"}),
        (SECURITY, "office 365 atp plan 1", {"Microsoft Defender for Office 365 (Plan 1)"}),
        (POWER, "pbi pro", {"Power BI Pro"}),
        (POWER, "powerbi", {"Power BI Pro", "Power BI Premium Per User"}),
        (POWER, "ppu", {"Power BI Premium Per User"}),
        (POWER, "power bi standard", {"Microsoft Fabric (Free)"}),
        (["Microsoft Fabric (Free)"], "power bi", {"Microsoft Fabric (Free)"}),
        (POWER, "fabric", {"Microsoft Fabric (Free)"}),
        (["Microsoft Teams Phone Standard"], "phone system", {"Microsoft Teams Phone Standard"}),
        (SHARED, "common area phone", {*SHARED}),
        (["Visio Plan 2", "Visio Plan 1"], "visio p2", {"Visio Plan 2"}),
        (["Planner and Project Plan 3"], "project plan 3", {"Planner and Project Plan 3"}),
        (COPILOT, "copilot", {*COPILOT}),
        (COPILOT, "m365 copilot", {*COPILOT}),
        (PLANS, "ENTERPRISEPACK", {"Office 365 E3"}),
        (PLANS, "PRISEPACK", set()),
        (PLANS, "enterprisepa", set()),
    ],
)  # fmt: skip
def test_words_mean_the_products_that_people_call_so(
    facts: Facts, held: list[str], said: str, names: set[str]
) -> None:
    assert meant(facts, held, said) == names


def test_each_products_name_and_id_mean_it_among_all_products(facts: Facts) -> None:
    every = [*SKUS]
    lost = [sku.name for sku in SKUS.values() if _others(facts, every, sku.name, sku.name)]
    assert lost == []
    for sku in [*SKUS.values()][::40]:
        assert named_products(facts, every, sku.id.upper()).products == {sku.id}


def _others(facts: Facts, every: list[str], said: str, name: str) -> bool:
    found = named_products(facts, every, said).products
    same = {spoken_name(SKUS[each].name) for each in found}
    return same != {spoken_name(name)} and spoken_name(current_name(name)) not in same


def test_no_part_number_is_matched_by_a_word_of_it(facts: Facts) -> None:
    """25 products have a part number with another plan's word."""
    for word in ("premium", "essentials", "f1", "p1", "standard", "enterprise", "e5"):
        for each in named_products(facts, [*SKUS], word).products:
            assert word in spoken_name(SKUS[each].name).words


def test_an_earlier_name_is_told(facts: Facts) -> None:
    found = named_products(facts, ids(*BUSINESS), "office 365 business premium")
    assert found.former == "Office 365 Business Premium"
    assert named_products(facts, ids(*BUSINESS), "business premium").former == ""


def test_different_plans_are_topics_of_their_own_and_two_ids_of_one_name_one(told: Told) -> None:
    e3 = ids("Office 365 E3", "Microsoft 365 E3")
    visio = ids("Visio Plan 2")
    held = enumerate([*e3, *visio], start=5)
    facts = told(*(seats(at, product=each, product_name=SKUS[each].name) for at, each in held))

    several = find_topics(facts, CONTOSO, "e3")
    assert {topic.label for topic in several} == {"Microsoft 365 E3", "Office 365 E3"}
    assert [find_topics(facts, CONTOSO, topic.words) for topic in several] == [
        (t,) for t in several
    ]
    (one,) = find_topics(facts, CONTOSO, "visio")
    assert one.products == frozenset(visio)
