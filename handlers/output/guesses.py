"""The sentence that tells which customer or product was meant, where it is not called as typed."""

from handlers.chat.customer_search import CustomerAndTopic
from handlers.chat.services import Say
from handlers.chat.topic_search import Subject


def guess(subject: Subject, say: Say) -> str:
    """Say that a typo was mended, or that a customer or a product has another name today; empty
    where all are called as typed.
    """
    told = [_customer(subject, say)] if isinstance(subject, CustomerAndTopic) else []
    topic = subject.topic
    if topic and topic.former:
        told.append(say("topic-former", former=topic.former, topic=topic.label))
    return " ".join(filter(None, told))


def _customer(subject: CustomerAndTopic, say: Say) -> str:
    name = subject.customer.name
    if subject.mended:
        return say("name-mended", said=subject.mended, customer=name)
    return say("name-former", said=subject.former, customer=name) if subject.former else ""
