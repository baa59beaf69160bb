"""What people call what they do with a digest, in English and French."""

import pytest

from analytics.values import OWN
from bot.wiring import Installation
from handlers.chat.digests import State
from handlers.commands.digest.verbs import read_verb
from tests.answering.asking import asked, replied, shown
from tests.answering.digesting import made


@pytest.mark.parametrize(
    ("said", "verb"),
    [
        *[(word, "show") for word in ("show", "montrer", "montre", "afficher", "voir", "SHOW")],
        *[(word, "pause") for word in ("pause", "suspendre", "mettre en pause")],
        *[(word, "resume") for word in ("resume", "reprendre", "relancer")],
        *[(word, "change") for word in ("change", "edit", "modifier", "changer")],
        *[(word, "delete") for word in ("delete", "remove", "end", "supprimer", "terminer")],
        *[(word, "run") for word in ("run", "run now", "lancer", "lancer maintenant")],
        *[(word, "history") for word in ("history", "historique")],
        *[
            (word, "take over")
            for word in ("take over", "reprendre la main", "Reprendre la main sur")
        ],
    ],
)
@pytest.mark.parametrize("number", ["3", "#3", "n°3", "3."])
def test_a_verb_and_a_number(said: str, verb: str, number: str) -> None:
    read = read_verb((*said.split(), number))
    assert read is not None
    assert (read.verb, read.number, read.rest) == (verb, 3, ())


@pytest.mark.parametrize("said", ["list", "liste", "mine", "les miens", "ops", "supervision"])
def test_a_verb_without_a_number(said: str) -> None:
    read = read_verb(tuple(said.split()))
    assert read is not None
    assert read.number is None


@pytest.mark.parametrize("said", ["usage contoso daily", "whoami daily", "3 usage daily", "the"])
def test_a_question_is_no_verb(said: str) -> None:
    assert read_verb(tuple(said.split())) is None


@pytest.mark.parametrize("number", ["0", "-1", "٣", "1e3", "99999999999", "contoso", ""])
async def test_what_is_no_number_of_a_digest_is_one_answer(
    installation: Installation, number: str
) -> None:
    await made(installation)
    for verb in ("pause", "delete", "reprendre"):
        said = await replied(asked(f"/digest {verb} {number}".strip()), installation.backend)
        assert shown(said).startswith("You have no digest of that number.")
    (digest,) = await installation.backend.digests.all(OWN)
    assert digest.state is State.ACTIVE


async def test_a_typo_in_a_changed_question_is_mended_in_the_change(
    installation: Installation,
) -> None:
    await made(installation)
    said = await replied(asked("/digest change 1 usge contoso weekly"), installation.backend)
    assert "/digest change 1 usage contoso weekly" in shown(said)
