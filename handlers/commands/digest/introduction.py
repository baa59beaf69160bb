"""`/digest` for an asker who has none: the idea of a digest, and examples to press."""

from handlers.chat.reply import Choice, Choices, Paragraph, Reply
from handlers.commands.digest.context import Context


def examples(opening: str, context: Context) -> Reply:
    """Explain how a digest is made, behind an opening."""
    say = context.say
    asked = (say("digest-example-weekly"), say("digest-example-monthly"))
    items = tuple(Choice(text, text) for text in asked)
    return Reply(
        (Paragraph(opening), Paragraph(say("digest-how")), Choices(say("help-try"), items))
    )
