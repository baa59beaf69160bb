"""True answers with something changed in them."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

Body = dict[str, Any]
Fault = Callable[[web.Request, Body], Awaitable[web.StreamResponse]]


def changed_answer(change: Callable[[Body], object]) -> Fault:
    async def fault(_request: web.Request, answer: Body) -> web.StreamResponse:
        changed = json.loads(json.dumps(answer))
        replaced = change(changed)
        return web.json_response(replaced if replaced is not None else changed)

    return fault


def list_name(answer: Body) -> str:
    return "items" if "items" in answer else "Value" if "Value" in answer else "value"


def total_name(answer: Body) -> str:
    return "TotalCount" if "Value" in answer else "totalCount"


def of_items(change: Callable[[list[Any]], list[Any]]) -> Fault:
    def changed(answer: Body) -> None:
        answer[list_name(answer)] = change(answer[list_name(answer)])

    return changed_answer(changed)
