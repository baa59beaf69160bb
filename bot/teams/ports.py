"""Values that the parts of Teams hand one another, and the interface of the store they need."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.delivery import ConversationReference

Json = Mapping[str, Any]
"""An activity, a card or a member, as Bot Framework writes it in JSON."""


OnActivity = Callable[[Json], Awaitable[Json | None]]
"""Takes an activity that Microsoft signed, as it was sent; gives the body that an invoke is
answered with. The platform waits for it: work that takes long belongs in a task.
"""


@dataclass(frozen=True, slots=True)
class BotRegistration:
    """What this installation is in Microsoft's cloud. The texts are as in the settings: addresses
    without and with a final slash.
    """

    app_id: str
    password: str = field(repr=False)
    tenant: str = ""
    """Where the bot's own token comes from; empty for a multi-tenant registration."""
    allowed_tenants: frozenset[str] = frozenset()
    """Whose people may speak to the bot; empty means `tenant` alone."""
    openid_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    login_url: str = "https://login.microsoftonline.com/"


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where to send: taken from a verified activity, or from the store of installations."""

    service_url: str
    """Checked against the allow-list again at each use."""
    id: str
    """With `;messageid=…` in a channel's thread."""
    tenant: str
    bot: str
    """The bot's own id there, `28:…`."""


class ConnectorError(Exception):
    """A call that Teams refused for good, or that never got through. `status` 0 without an answer;
    `code` as in `error.code`, empty where there is none; `wait` the seconds that Teams asks
    to wait, where it says.
    """

    def __init__(self, status: int, code: str = "", wait: float | None = None) -> None:
        super().__init__(f"{status} {code}".strip())
        self.status = status
        self.code = code
        self.wait = wait


class Conversations(Protocol):
    """Where the bot was added, across restarts: bot.store.conversations.ConversationStore, which a
    platform may not import. Methods raise what the store raises.
    """

    async def keep(self, found: ConversationReference) -> None:
        """Writes it, over what was known of this conversation before."""
        ...

    async def welcome(self, found: ConversationReference) -> bool:
        """Whether nobody was welcomed there yet; whoever is told so first does it."""
        ...

    async def drop(self, platform: str, tenant: str, installation: str) -> None:
        """Forgets every conversation of an installation."""
        ...

    async def of_person(
        self, platform: str, tenant: str, person: str
    ) -> ConversationReference | None:
        """The bot's own conversation with somebody; None where there is none."""
        ...

    async def at(self, platform: str, tenant: str, address: str) -> ConversationReference | None:
        """The conversation of this address; None where there is none."""
        ...

    async def groups(self, platform: str, tenant: str, most: int) -> list[ConversationReference]:
        """Conversations of several people, so many at the most."""
        ...
