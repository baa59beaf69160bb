"""The sentence that tells which customer was meant, where it is not called as typed."""

from handlers.chat.customer_search import CustomerAndTopic
from handlers.chat.services import Say
from handlers.chat.topic_search import Subject


def guess(subject: Subject, say: Say) -> str:
    """Say that a typo was mended, or a former name found; empty where neither was."""
    if not isinstance(subject, CustomerAndTopic):
        return ""
    name = subject.customer.name
    if subject.mended:
        return say("name-mended", said=subject.mended, customer=name)
    return say("name-former", said=subject.former, customer=name) if subject.former else ""
