"""The questions of a digest for each customer of a group, as its owner may ask them now."""

from dataclasses import dataclass

from analytics.values import TenantId
from handlers.answer import key_of
from handlers.backend import Backend, Outcome
from handlers.chat.asking import Ask
from handlers.chat.audience import Notes
from handlers.chat.refusals import Refusal, Unconfirmed
from handlers.draft import services_of
from handlers.input.command_line import CommandLine, read_command
from handlers.input.group_parts import parts_of_group, pinned_parts
from handlers.registry import BY_NAME, UNKNOWN


@dataclass(frozen=True, slots=True)
class DigestPart:
    """The question about one customer of the group."""

    customer: TenantId
    text: str
    """The question with its customer by id."""
    title: str
    """The question with its customer by name."""


@dataclass(frozen=True, slots=True)
class DigestParts:
    """The questions, by their customers' names; or the reason why there are none."""

    parts: tuple[DigestPart, ...] = ()
    outcome: Outcome = Outcome.ANSWERED
    why: str = ""
    """The catalogue id of the refusal; the name of an error's class for what broke."""


async def digest_parts(ask: Ask, backend: Backend) -> DigestParts:
    """Read the text `/usage each group:#2 6 months` of a digest as its owner. Never raises. It
    looks at no figures, so the audit has the questions alone, each at its own run.
    """
    try:
        return DigestParts(await _parts(ask, backend))
    except Refusal as refusal:
        return DigestParts(outcome=Outcome.REFUSED, why=refusal.sentence)
    except Exception as error:  # noqa: BLE001 as in answer(): the run says that it broke
        backend.trouble(ask, error)
        return DigestParts(outcome=Outcome.BROKEN, why=type(error).__name__)


async def _parts(ask: Ask, backend: Backend) -> tuple[DigestPart, ...]:
    typed = read_command(ask.text, BY_NAME) or CommandLine("", ())
    command = BY_NAME.get(typed.command, UNKNOWN)
    access = await key_of(command, ask, backend)
    if not access.account.sure:
        raise Unconfirmed("digest")
    services = services_of(access, (Notes(),), ask, backend)
    today = ask.day_at(services.now)
    found = await parts_of_group(command, typed.words[1:], today, services)
    pinned = await pinned_parts(command, found, today, services)
    return tuple(
        DigestPart(TenantId(words[0]), question.text, question.title)
        for words, question in zip(found.questions, pinned, strict=True)
    )
