"""Charts on the page's shelf: for a while, and never too many."""

from bot.page.picture_cache import LIFE, ROOM, PictureCache
from tests.platforms.answering import chart


def test_a_chart_leaves_the_shelf_when_its_time_is_over() -> None:
    now = [0.0]
    shelf = PictureCache(lambda: now[0])
    kept = shelf.put(chart())
    now[0] = LIFE - 1
    assert shelf.get(kept) == chart()
    now[0] = LIFE
    assert shelf.get(kept) is None
    shelf.put(chart())
    assert len(shelf) == 1


def test_the_shelf_never_holds_more_than_its_room() -> None:
    shelf = PictureCache(lambda: 0.0)
    ids = [shelf.put(chart()) for _ in range(ROOM + 2)]
    assert len(shelf) == ROOM
    assert [shelf.get(ids[at]) is None for at in (0, 1, 2, -1)] == [True, True, False, False]
    assert {len(chart_id) for chart_id in ids} == {32}
