"""The answer to a question about all customers, where there is none to show."""

from handlers.chat.reply import Reply
from handlers.chat.services import Say


def no_customers(say: Say, *, everyone: bool) -> Reply:
    """Say what is missing: rights; or customers, where the reader may see all customers."""
    return Reply((), headline=say("portfolio-no-customers" if everyone else "portfolio-empty"))
