"""Files within a zip or gzip: read in memory, member by member, and never written to disk."""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from analytics.sources.files.bad_file import BadFile, FileLimits, cell_excerpt

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
_END = struct.Struct("<4s4H2LH")
"""The record a zip ends with; a comment of at most 64 KiB may follow it."""
_MEMBERS = 200
_DIRECTORY = 1024 * 1024
"""Longest member list in bytes: a zip with a longer one is refused unread."""
_RATIO = 200
"""Most bytes that one compressed byte may become; real reports reach 5 to 30."""
_SMALL = 1024 * 1024
"""Members of at most this many bytes may have any ratio."""
_CHUNK = 256 * 1024
_WORKBOOK = ("xl/", "word/", "ppt/", "[Content_Types].xml")
_MAC = "__MACOSX/"
"""Folder that macOS adds to a zip, with a file beside each real one."""
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def is_zip(raw: bytes) -> bool:
    """Check whether the bytes begin as a zip does."""
    return raw.startswith(_ZIP)


def is_gzip(raw: bytes) -> bool:
    """Check whether the bytes begin as a gzip does."""
    return raw.startswith(_GZIP)


def gzip_content(file: str, raw: bytes, limits: FileLimits) -> bytes:
    """Return what a gzip holds, bounded as a zip's members are. Raises BadFile if it is damaged,
    cut off, or grows beyond what reports do.
    """
    pieces: list[bytes] = []
    came, rest = 0, raw
    most = min(limits.size, max(_SMALL, len(raw) * _RATIO))
    try:
        while rest:
            unpacking = zlib.decompressobj(wbits=31)
            while rest and not unpacking.eof:
                piece = unpacking.decompress(rest, _CHUNK)
                rest, came = unpacking.unconsumed_tail, came + len(piece)
                if came > most:
                    raise BadFile("import-zip-bomb", file, limit=limits.size // 1024 // 1024)
                pieces.append(piece)
            if not unpacking.eof:
                raise BadFile("import-zip-broken", file)
            rest = unpacking.unused_data.lstrip(b"\0")
    except zlib.error as error:
        raise BadFile("import-zip-broken", file) from error
    return b"".join(pieces)


def members(file: str, raw: bytes, limits: FileLimits) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of each file in a zip. Raises BadFile before anything is read if a
    member cannot be trusted, and during reading if a member is not as the zip declares it.
    """
    check_directory(file, raw)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            left = limits.size
            for each in checked_members(file, archive, limits):
                content = _content(file, archive, each, left)
                left -= len(content)
                yield f"{file}/{cell_excerpt(each.filename)}", content
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError) as error:
        raise BadFile("import-zip-broken", file) from error
    except (NotImplementedError, RuntimeError) as error:  # another method, or a password
        raise BadFile("import-zip-locked", file) from error


def check_directory(file: str, raw: bytes) -> None:
    """Refuse a zip whose member list is costly to read, by the end record that tells its size; the
    zip's last bytes are enough.
    """
    at = raw.rfind(b"PK\x05\x06", -(_END.size + 0xFFFF))
    if at < 0 or len(raw) < at + _END.size:
        raise BadFile("import-zip-broken", file)
    _, _, _, _, count, size, _, _ = _END.unpack_from(raw, at)
    if count > _MEMBERS or size > _DIRECTORY:
        raise BadFile("import-zip-too-many", file, limit=_MEMBERS)


def checked_members(
    file: str, archive: zipfile.ZipFile, limits: FileLimits
) -> list[zipfile.ZipInfo]:
    """Return the members that are files. Raises BadFile if one cannot be trusted."""
    told = [each for each in archive.infolist() if not each.is_dir()]
    told = [each for each in told if not each.filename.startswith(_MAC)]
    _check_members(file, told, limits)
    return told


def _check_members(file: str, told: list[zipfile.ZipInfo], limits: FileLimits) -> None:
    names = [each.filename for each in told]
    if any(name.startswith(_WORKBOOK) for name in names):
        raise BadFile("import-binary", file)
    if len(told) > _MEMBERS:
        raise BadFile("import-zip-too-many", file, limit=_MEMBERS)
    if not told:
        raise BadFile("import-empty", file)
    for each in told:
        _check_member(file, each, limits)
        if names.count(each.filename) > 1:
            raise BadFile("import-zip-twice", file, found=cell_excerpt(each.filename))
    if sum(each.file_size for each in told) > limits.size:
        raise BadFile("import-zip-bomb", file, limit=limits.size // 1024 // 1024)


def _check_member(file: str, each: zipfile.ZipInfo, limits: FileLimits) -> None:
    name = each.orig_filename
    parts = re.split(r"[/\\]", name)
    link = stat.S_ISLNK(each.external_attr >> 16)
    if ".." in parts or not parts[0] or ":" in parts[0] or "\0" in name or link:
        raise BadFile("import-zip-path", file, found=cell_excerpt(name))
    if each.flag_bits & 0x1 or each.compress_type not in _READABLE:
        raise BadFile("import-zip-locked", file)
    if each.file_size > max(_SMALL, each.compress_size * _RATIO):
        raise BadFile("import-zip-bomb", file, limit=limits.size // 1024 // 1024)


def _content(file: str, archive: zipfile.ZipFile, each: zipfile.ZipInfo, left: int) -> bytes:
    """Return a member's bytes: at most `left`, even if the zip declares a smaller size."""
    pieces: list[bytes] = []
    came = 0
    with archive.open(each) as member:
        while piece := member.read(_CHUNK):
            came += len(piece)
            if came > left:
                raise BadFile("import-zip-bomb", file, limit=left // 1024 // 1024)
            pieces.append(piece)
    content = b"".join(pieces)
    if is_zip(content) or is_gzip(content):
        raise BadFile("import-zip-in-zip", file, found=cell_excerpt(each.filename))
    return content
