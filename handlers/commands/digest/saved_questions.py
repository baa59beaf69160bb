"""A digest's question as words again."""

from handlers.chat.digests import Plan
from handlers.commands.digest.context import Context
from handlers.input.command_line import read_command


def words_of(plan: Plan, context: Context) -> tuple[str, ...]:
    """The command and its words; empty for a command that there is no more."""
    typed = read_command(plan.text, context.commands)
    return (typed.command, *typed.words) if typed and typed.command else ()
