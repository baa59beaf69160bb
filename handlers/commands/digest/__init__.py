"""`/digest`: questions that are asked again at their hours, and everything done with them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.chat.command import Request
from handlers.chat.reply import Paragraph, Reply
from handlers.chat.services import Services
from handlers.commands.digest.change import change
from handlers.commands.digest.context import CANCEL, Context
from handlers.commands.digest.create import make
from handlers.commands.digest.history import history
from handlers.commands.digest.lifecycle import delete, pause, resume, run_now
from handlers.commands.digest.list import digest_list
from handlers.commands.digest.ops_room import ops
from handlers.commands.digest.remind import remind
from handlers.commands.digest.show import show
from handlers.commands.digest.take_over import take_over
from handlers.commands.digest.verbs import Instruction, read_verb
from handlers.input.command_line import read_command

_WITH_ONE: dict[str, Callable[[int | None, Context], Awaitable[Reply]]] = {
    "show": show,
    "pause": pause,
    "resume": resume,
    "run": run_now,
    "delete": delete,
    "history": history,
}


@dataclass(frozen=True, slots=True)
class DigestArgs:
    """The words behind the command; verbs.py and schedule_order.py read them."""

    order: str


async def ask(request: Request[DigestArgs], services: Services) -> Reply:
    """Make a digest, or carry out an instruction about one."""
    if request.ask.confirms == CANCEL:
        return Reply((Paragraph(services.say("cancelled")),))
    context = Context(request.ask, request.partner, services, request.commands)
    typed = read_command(request.ask.text, request.commands)  # anew: what was quoted is one word
    words = typed.words if typed else ()
    said = read_verb(words) if words else Instruction("list", None, ())
    return await _carry_out(said, context) if said else await make(words, context)


async def _carry_out(said: Instruction, context: Context) -> Reply:
    if said.verb == "list":
        return await digest_list(context)
    if said.verb == "ops":
        return await ops(said.rest, context)
    if said.verb == "change":
        return await change(said.number, said.rest, context)
    if said.verb == "remind":
        return await remind(said.rest, context)
    if said.verb == "take over":
        return await take_over(said.number, said.rest, context)
    return await _WITH_ONE[said.verb](said.number, context)
