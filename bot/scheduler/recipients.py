"""The people whom the scheduler may tell something."""

import asyncio
from collections.abc import Iterable, Sequence

from handlers.chat.asking import UserRef
from handlers.chat.services import People


async def members(people: Iterable[UserRef], accounts: People) -> Sequence[UserRef] | None:
    """Those of `people` who are members today, in their order, and may therefore be told; None
    where that is certain of none of them and a platform does not answer.
    """
    found = await asyncio.gather(*(accounts.account(person, sure=True) for person in people))
    certain = [account.ref for account in found if account.sure and account.is_member]
    return certain if certain or all(account.sure for account in found) else None
