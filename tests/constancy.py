"""Values that stay as they were made."""

from contextlib import suppress
from dataclasses import FrozenInstanceError, fields
from typing import Any


def constant(value: Any) -> bool:
    """Whether no field of it can be set anew, and nothing be put beside them."""
    for field in fields(value):
        with suppress(FrozenInstanceError):
            setattr(value, field.name, getattr(value, field.name))
            return False
    return not hasattr(value, "__dict__")
