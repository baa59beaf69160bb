"""Reasons why no file is made of an answer; each is a Refusal."""

from handlers.chat.refusals import Refusal


class NotExportable(Refusal):
    """A command whose answer has no rows to take away."""

    sentence = "not-exportable"
