"""The answer to a question about all customers, where there is none to show."""

from analytics.questions.stamp import Stamp
from handlers.chat.reply import Paragraph, Reply
from handlers.chat.services import Say
from handlers.output.stamps import stamp_lines


def no_customers(stamp: Stamp, say: Say, *, everyone: bool) -> Reply:
    """Say what is missing: rights; or customers, where the reader may see all customers."""
    if everyone:
        return Reply((Paragraph(say("portfolio-no-customers")), stamp_lines(stamp, say)))
    return Reply((Paragraph(say("portfolio-empty")),))
