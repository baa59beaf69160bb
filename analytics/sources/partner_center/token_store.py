"""Refresh tokens, as the client asks for them; bot.store.signins keeps them."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from analytics.sources.partner_center.page_model import SignIn


class TokenRenewal(Protocol):
    """A refresh token that is ours alone to renew for a while, as SignInStore gives it."""

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
    """Refresh tokens of one partner: bot.store.signins.SignInStore."""

    def renewal(self, sign_in: SignIn, /) -> AbstractAsyncContextManager[TokenRenewal]:
        """Waits until no other process renews it. Raises what the store raises."""
        ...
