"""`/digest` for somebody who has none: what one is, and examples to press."""

from handlers.chat.reply import Choice, Choices, Paragraph, Reply
from handlers.commands.digest.context import Context


def examples(opening: str, context: Context) -> Reply:
    """How a digest is made, behind an opening."""
    say = context.say
    asked = (say("digest-example-weekly"), say("digest-example-monthly"))
    items = tuple(Choice(text, text) for text in asked)
    return Reply(
        (Paragraph(opening), Paragraph(say("digest-how")), Choices(say("help-try"), items))
    )
