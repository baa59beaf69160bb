"""Where refresh tokens are kept: what the client asks of whoever stores them."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from analytics.sources.partner_center.page_model import SignIn


class TokenRenewal(Protocol):
    """A refresh token that is ours to renew for a while; nobody else does meanwhile."""

    @property
    def token(self) -> str:
        """The newest one that was kept; empty where nobody has connected yet."""
        ...

    async def keep(self, token: str) -> None:
        """Keeps the one that takes its place: on disk when this returns, before the access token
        that came with it is used.
        """
        ...

    async def mark_refused(self, because: str) -> None:
        """That the source takes it no more, with an id of the catalogue: admins are told once."""
        ...


class TokenStore(Protocol):
    """Refresh tokens of one partner."""

    def renewal(self, sign_in: SignIn, /) -> AbstractAsyncContextManager[TokenRenewal]:
        """Waits until no other process renews it. Raises what the store raises."""
        ...
