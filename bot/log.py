"""Structured logs by an allow-list of fields: none is for tokens, bodies or customers' names."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog

_ALLOWED = frozenset(
    {
        *("event", "level", "timestamp"),
        *("request", "platform", "command", "outcome", "seconds"),
        *("error", "where", "generation", "partner", "port", "signal", "files", "rows"),
    }
)

_HOME = Path(__file__).parents[1]

_UNWRITABLE = (OSError, ValueError)
"""Errors of a full disk, an unread pipe, or a closed stream: they must not stop an answer."""


def start_log(level: str) -> None:
    """Write logs as JSON lines on standard error, from this level on."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _keep_allowed_fields,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _keep_allowed_fields(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Drop every field that is not on the allow-list."""
    return {key: value for key, value in event.items() if key in _ALLOWED}


def log(event: str, **fields: object) -> None:
    """Write one line at INFO. `event` is a fixed phrase; fields not on the list are dropped."""
    with suppress(*_UNWRITABLE):
        structlog.get_logger().info(event, **fields)


def log_error(event: str, error: BaseException, **fields: object) -> None:
    """Write one line at ERROR: the error's class and the program's own lines that it rose through,
    never its message, which may quote people's text.
    """
    frames = [f for f in traceback.extract_tb(error.__traceback__) if _ours(f.filename)][-4:]
    where = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames]
    with suppress(*_UNWRITABLE):
        structlog.get_logger().error(event, error=type(error).__name__, where=where, **fields)


def _ours(file: str) -> bool:
    """Check whether a source file is of this program; the environment may lie in its folder."""
    return Path(file).is_relative_to(_HOME) and "site-packages" not in file
