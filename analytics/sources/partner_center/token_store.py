"""The store of refresh tokens, as the API client needs it; bot.store.signins has it."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from analytics.sources.partner_center.page_model import SignIn


class TokenRenewal(Protocol):
    """The exclusive right to renew a refresh token for a while, as SignInStore gives it."""

    @property
    def token(self) -> str:
        """The newest refresh token kept; empty if no admin has connected yet."""
        ...

    async def keep(self, token: str) -> None:
        """Keep the token's replacement: it is on disk when this returns, before the access token
        that came with it is used.
        """
        ...

    async def mark_refused(self, because: str) -> None:
        """Record that the source refuses the token, with an id of the catalogue: admins are told
        once.
        """
        ...


class TokenStore(Protocol):
    """The store of one partner's refresh tokens: bot.store.signins.SignInStore."""

    def renewal(self, sign_in: SignIn, /) -> AbstractAsyncContextManager[TokenRenewal]:
        """Wait until no other process renews the token, then lend it. Raises the store's errors."""
        ...
