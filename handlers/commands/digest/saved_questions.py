"""The question of a saved digest, read back into words."""

from handlers.chat.digests import Plan
from handlers.commands.digest.context import Context
from handlers.input.command_line import read_command


def words_of(plan: Plan, context: Context) -> tuple[str, ...]:
    """The plan's command and its words; empty where that command does not exist any more."""
    typed = read_command(plan.text, context.commands)
    return (typed.command, *typed.words) if typed and typed.command else ()
