"""A sealed file: whole, or refused."""

import io
from pathlib import Path

import pytest

from bot.store.sealed_file import (
    SealBroken,
    SealedWithAnother,
    SealedWriter,
    is_sealed,
    unseal,
)
from tests.store.entries import SECRET

PIECE = 1024 * 1024
HEADER = 65


def written(folder: Path, content: bytes) -> Path:
    """A sealed file of this content, written in uneven bits."""
    file = folder / "sealed"
    with file.open("wb") as out:
        writer = SealedWriter(out, SECRET)
        stream = io.BytesIO(content)
        while bit := stream.read(300_007):
            writer.write(bit)
        writer.finish()
    return file


def opened(file: Path, secret: str = SECRET) -> bytes:
    unseal(file, file.with_name("opened"), secret)
    return file.with_name("opened").read_bytes()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 5])
def test_what_is_sealed_opens_as_it_was(tmp_path: Path, size: int) -> None:
    content = bytes(at % 251 for at in range(min(size, 1000))) * (size // 1000 + 1)
    file = written(tmp_path, content[:size])
    assert is_sealed(file)
    assert opened(file) == content[:size]


MEDDLED = {
    "cut in the header": lambda raw: raw[: HEADER - 1],
    "all pieces gone": lambda raw: raw[:HEADER],
    "the last piece gone": lambda raw: raw[: HEADER + 2 * (PIECE + 16)],
    "the last byte gone": lambda raw: raw[:-1],
    "a byte more": lambda raw: raw + b"x",
    "a byte changed": lambda raw: raw[:200] + bytes([raw[200] ^ 1]) + raw[201:],
    "the salt changed": lambda raw: raw[:40] + bytes([raw[40] ^ 1]) + raw[41:],
    "a piece twice": lambda raw: (
        raw[: HEADER + PIECE + 16] + raw[HEADER : HEADER + PIECE + 16] + raw[HEADER + PIECE + 16 :]
    ),
    "two pieces swapped": lambda raw: (
        raw[:HEADER]
        + raw[HEADER + PIECE + 16 : HEADER + 2 * (PIECE + 16)]
        + raw[HEADER : HEADER + PIECE + 16]
        + raw[HEADER + 2 * (PIECE + 16) :]
    ),
}


@pytest.mark.parametrize("how", MEDDLED)
def test_what_was_cut_or_changed_is_refused(tmp_path: Path, how: str) -> None:
    file = written(tmp_path, bytes(2 * PIECE + 77))
    file.write_bytes(MEDDLED[how](file.read_bytes()))
    with pytest.raises(SealBroken):
        opened(file)


def test_another_key_is_told_from_a_broken_file(tmp_path: Path) -> None:
    file = written(tmp_path, b"names")
    with pytest.raises(SealedWithAnother):
        opened(file, SECRET + "!")


def test_two_files_of_one_content_have_nothing_in_common(tmp_path: Path) -> None:
    first = written(tmp_path, bytes(100)).read_bytes()
    second = written(tmp_path, bytes(100)).read_bytes()
    assert first[HEADER:] != second[HEADER:]
