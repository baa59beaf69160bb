"""Questions as people type them: a name alone, help behind a command, words of either language."""

import pytest

from analytics.values import OWN
from bot.partners import facts_folder
from bot.settings import Settings
from bot.wiring import Installation
from handlers.backend import Outcome
from handlers.messages.speaker import speaker
from tests.answering.asking import asked, audited, replied, shown, store_file
from tests.warehouse.rows import publish, seats


def finding(idle: int, locale: str = "en") -> str:
    """What is found of Contoso's seats."""
    return speaker(locale)("usage-finding", customer="Contoso", n=idle, measured=1_205)


CONTOSO = finding(291)
HELP = "/usage [customer] [product or workload] [period]"


async def opening(
    installation: Installation, text: str, who: str = "ada", locale: str = "en"
) -> str:
    """The first line of the answer."""
    reply = await replied(asked(text, who, locale=locale), installation.backend)
    return shown(reply).splitlines()[0]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("contoso", CONTOSO),
        ("Contoso Ltd.", CONTOSO),
        ("show me contoso", CONTOSO),
        ("@bot contoso", CONTOSO),
        ("contoso exchange last quarter", "Contoso (Exchange): "),
        ("exchange at contoso", "Contoso (Exchange): "),
        ("proseware q3", "Proseware: "),
        ("chez proseware en octobre", "Proseware: "),
        ("fabrikam", "“fabrikam” fits several customers"),
    ],
)
async def test_a_customers_name_alone_asks_for_its_usage(
    installation: Installation, text: str, begins: str
) -> None:
    assert (await opening(installation, text)).startswith(begins)


@pytest.mark.parametrize(
    "text", ["cont", "contso", "wwi", "who uses contoso", "contoso nonsense", "the", "usge contoso"]
)
async def test_less_than_a_name_asks_nothing(installation: Installation, text: str) -> None:
    said = await opening(installation, text)
    assert said == "Sorry, I don’t understand that yet."


@pytest.mark.parametrize("who", ["ben", "cleo"])
async def test_a_name_that_the_asker_may_not_see_is_as_unknown_as_none(
    installation: Installation, sample_home: Settings, who: str
) -> None:
    for name in ("proseware", "nonsense"):
        said = await opening(installation, name, who)
        assert said == "Sorry, I don’t understand that yet."
    rows = audited(store_file(sample_home))[-2:]
    assert [(row["command"], row["outcome"]) for row in rows] == [("", Outcome.ANSWERED.value)] * 2


@pytest.mark.parametrize("word", ["help", "HELP", "?", "aide", "--help", "-h"])
@pytest.mark.parametrize("who", ["ada", "ben"])
async def test_help_behind_a_command_is_its_help(
    installation: Installation, who: str, word: str
) -> None:
    assert await opening(installation, f"/usage {word}", who) == HELP


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("aide", "Interrogez-moi"),
        ("utilisation contoso", finding(291, "fr")),
        ("/usage chez contoso octobre", finding(294, "fr")),
        ("sièges contoso", finding(291, "fr")),
        ("licences contoso", "930 licences vendues à Contoso"),
        ("clients", "Vous pouvez voir 64 clients"),
        ("/help utilisation", "/usage [client]"),
    ],
)
async def test_french_words_for_commands_are_read(
    installation: Installation, text: str, begins: str
) -> None:
    said = await opening(installation, text, locale="fr")
    assert said.replace("\u202f", "\u00a0").startswith(begins.replace("\u202f", "\u00a0"))


@pytest.fixture
def unlucky(sample_home: Settings) -> Settings:
    """With customers who are called like help, and like a mistyped command."""
    customers = [seats(5, customer=name) for name in ("Help", "Usages", "October")]
    publish(facts_folder(sample_home.data_dir, OWN), *customers)
    return sample_home


async def test_a_mistyped_command_that_is_a_customers_name_too_offers_both(
    unlucky: Settings, installation: Installation
) -> None:
    reply = await replied(asked("usages"), installation.backend)
    assert shown(reply).splitlines()[2:] == [
        "Did you mean:",
        "[/usage]  /usage",
        "[/usage usages]  /usage usages",
    ]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("/usage help", "Help has had no licences since 21 Nov 2026"),
        ("/usage october", "October has had no licences since 21 Nov 2026"),
        ("/usage october october", "There are no figures for October"),
        ("help", "Ask me about a customer’s licences"),
    ],
)
async def test_a_customer_called_like_a_word_is_meant_by_it_behind_a_command(
    unlucky: Settings, installation: Installation, text: str, begins: str
) -> None:
    assert (await opening(installation, text)).startswith(begins)
