"""Kinds of trouble with Partner Center, sorted by what the caller can do about them."""


class Trouble(Exception):
    """A call that gave no result. `because` is an id of the catalogue, `values` go into its
    sentence: never a token, a body or a customer's name.
    """

    def __init__(self, because: str, **values: str) -> None:
        super().__init__(because)
        self.because = because
        self.values = values


class TryLater(Trouble):
    """Too many calls, a fault at the source, or no answer in time; all tries here are used up."""


class Denied(Trouble):
    """403: this account may not see it. The caller can only go on without it."""


class Absent(Trouble):
    """404: the thing does not exist, or not yet."""


class Nonsense(Trouble):
    """An answer that cannot be believed: cut off, of the wrong types, endless, too large, a page of
    HTML, a redirect. None of it is kept.
    """


class UnevenPages(Nonsense):
    """Pages of which one is shorter than another though more followed it, in a list that does not
    say how many items it has: rows may be missing. `pages` are their hashes; the same pages once
    more are believed.
    """

    def __init__(self, pages: frozenset[bytes]) -> None:
        super().__init__("sync-why-uneven")
        self.pages = pages


class TokenRefused(Trouble):
    """401 with a token that was just issued: this call is refused, while others with the same
    sign-in may go well.
    """


class SignInLost(Trouble):
    """The lack of a token until a person acts: `invalid_grant`, no MFA. Further calls fail too."""


def is_of_the_login(trouble: Trouble) -> bool:
    """Check whether every further call with the same sign-in would fail the same way."""
    return isinstance(trouble, SignInLost) or trouble.because == "sync-why-login-away"
