"""What can go wrong with Partner Center, by what whoever called can do about it."""


class Trouble(Exception):
    """A call that gave nothing. `because` is an id of the catalogue, `values` go into its sentence:
    never a token, a body or a customer's name.
    """

    def __init__(self, because: str, **values: str) -> None:
        super().__init__(because)
        self.because = because
        self.values = values


class TryLater(Trouble):
    """Too many calls, a fault on their side, no answer in time: all tries here are used up."""


class Denied(Trouble):
    """403: this account may not see it. Going on without it is all there is to do."""


class Absent(Trouble):
    """404: there is no such thing, or not yet."""


class Nonsense(Trouble):
    """An answer that cannot be believed: cut off, of the wrong types, endless, too large, a page
    of HTML, a redirect. Nothing of it is kept.
    """


class SignInLost(Trouble):
    """No token, and none to be had until a person does something: `invalid_grant`, no MFA. Every
    further call would fail too.
    """


def is_of_the_login(trouble: Trouble) -> bool:
    """Whether every further call with the same sign-in would end in it too."""
    return isinstance(trouble, SignInLost) or trouble.because == "sync-why-login-away"
