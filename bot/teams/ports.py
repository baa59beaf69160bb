"""Values that the parts of Teams pass to each other, and the interface of the store they need."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.delivery import ConversationReference

Json = Mapping[str, Any]
"""An activity, a card or a member, as Bot Framework writes it in JSON."""


OnActivity = Callable[[Json], Awaitable[Json | None]]
"""A handler of an activity that Microsoft signed, as it was sent; returns the body that an invoke
is answered with. The platform waits for it: work that takes long belongs in a task.
"""


@dataclass(frozen=True, slots=True)
class BotRegistration:
    """The registration of this installation's bot in Microsoft's cloud. The texts are as in the
    settings: `openid_url` without a final slash, `login_url` with one.
    """

    app_id: str
    password: str = field(repr=False)
    tenant: str = ""
    """The tenant that the bot's own token comes from; empty for a multi-tenant registration."""
    allowed_tenants: frozenset[str] = frozenset()
    """Tenants whose people may speak to the bot; empty means `tenant` alone."""
    openid_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    login_url: str = "https://login.microsoftonline.com/"


@dataclass(frozen=True, slots=True)
class Conversation:
    """The address of a conversation: taken from a verified activity, or from the store of
    conversations.
    """

    service_url: str
    """Checked against the allow-list again at each use."""
    id: str
    """With `;messageid=…` in a channel's thread."""
    tenant: str
    bot: str
    """The bot's own id in the conversation, `28:…`."""


NO_ANSWER, NOBODY, NO_TOKEN, BAD_ADDRESS = "NoAnswer", "NobodyThere", "NoToken", "BadServiceUrl"
"""Codes of a ConnectorError of ours: after all but NO_ANSWER nothing was sent."""


class ConnectorError(Exception):
    """A call that Teams refused for good, or that got no usable answer. `status` is 0 without an
    answer; `code` is the answer's `error.code` or one of ours, empty where there is none; `wait` is
    the seconds that Teams asks to wait, where it says.
    """

    def __init__(self, status: int, code: str = "", wait: float | None = None) -> None:
        super().__init__(f"{status} {code}".strip())
        self.status = status
        self.code = code
        self.wait = wait

    @property
    def is_unsure(self) -> bool:
        """True if Teams may have done what the call asked: the answer was lost, or came from a
        server that gave up (408, 500, 502, 504 …). After 501, 503 and any refusal it did nothing.
        """
        if not self.status:
            return self.code not in (NOBODY, NO_TOKEN, BAD_ADDRESS)
        return self.status == 408 or (self.status >= 500 and self.status not in (501, 503))


class Conversations(Protocol):
    """The store of conversations that the bot was added to, kept across restarts:
    bot.store.conversations.ConversationStore, which a platform may not import. Methods raise what
    the store raises.
    """

    async def keep(self, found: ConversationReference) -> None:
        """Write a reference over what was known of this conversation before."""
        ...

    async def welcome(self, found: ConversationReference) -> bool:
        """Claim the conversation's welcome: True for the first caller only, who then sends it."""
        ...

    async def drop(self, platform: str, tenant: str, installation: str) -> None:
        """Delete every conversation of an installation."""
        ...

    async def of_person(
        self, platform: str, tenant: str, person: str
    ) -> ConversationReference | None:
        """Return the bot's own conversation with a person; None if there is none."""
        ...

    async def at(self, platform: str, tenant: str, address: str) -> ConversationReference | None:
        """Return the conversation of this address; None if there is none."""
        ...

    async def groups(self, platform: str, tenant: str, most: int) -> list[ConversationReference]:
        """Return conversations of several people, at most `most`."""
        ...
