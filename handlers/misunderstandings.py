"""Words of a question that were not understood, each named as what it was meant to be."""

from handlers.chat.refusals import ProductAlone, Refusal, UnknownCustomer, UnknownTopic
from handlers.chat.reply import Choice, Choices, Paragraph, Reply
from handlers.chat.services import Say
from handlers.input.periods import is_like_period


def misunderstanding(refusal: Refusal, say: Say, *, has_period: bool) -> Reply:
    """Put a refusal into its words; behind a command that `has_period`, what looks like a period is
    called one.
    """
    said = Paragraph(say(_sentence(refusal, has_period=has_period), **refusal.values))
    if not isinstance(refusal, ProductAlone):
        return Reply((said,))
    everyone = Choice(say("all-customers"), "/usage")
    return Reply((said, Choices(say("share-instead"), (everyone,))))


def _sentence(refusal: Refusal, *, has_period: bool) -> str:
    """Return the catalogue id of the refusal's sentence."""
    match refusal:
        case ProductAlone():
            return refusal.sentence
        case UnknownTopic() if has_period and is_like_period(str(refusal.values["topic"])):
            return "unread-period"
        case UnknownCustomer() if has_period and is_like_period(str(refusal.values["name"])):
            return "unread-period-alone"
        case _:
            return refusal.sentence
