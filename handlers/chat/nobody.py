"""The answer where a question is about all customers, and there is none to show."""

from analytics.questions.stamp import Stamp
from handlers.chat.reply import Paragraph, Reply
from handlers.chat.services import Say
from handlers.chat.stamping import dated


def nobody(stamp: Stamp, say: Say, *, everyone: bool) -> Reply:
    """That there is nobody to show: for want of rights, or of customers."""
    if everyone:
        return Reply((Paragraph(say("portfolio-nobody")), dated(stamp, say)))
    return Reply((Paragraph(say("portfolio-empty")),))
