"""Decoding of a file's bytes to text, or the reason why they are none."""

import codecs

from analytics.sources.files.bad_file import BadFile, FileLimits

_MAGIC = (
    b"PK\x03\x04",  # zip, and so Excel's .xlsx
    b"PK\x05\x06",
    b"\x1f\x8b",  # gzip
    b"%PDF",
    b"\xd0\xcf\x11\xe0",  # Excel's older .xls
    b"7z\xbc\xaf",
    b"PAR1",
)
_HTML = ("<!doctype html", "<html", "<head", "<body", "<meta", "<script")


def text_of(file: str, raw: bytes, limits: FileLimits) -> str:
    """Return the text without its byte-order mark. Raises BadFile if the bytes are no text."""
    if len(raw) > limits.size:
        raise BadFile("import-too-large", file, limit=limits.size // 1024 // 1024)
    if raw.startswith(_MAGIC):
        raise BadFile("import-binary", file)
    text = _decoded_text(file, raw).lstrip("\ufeff")  # files put together may have two marks
    if "\0" in text[:4096]:
        raise BadFile("import-binary", file)
    start = text[:1000].lstrip().lower()
    if start.startswith("<") and any(tag in start for tag in _HTML):
        raise BadFile("import-html", file)
    if not text.strip():
        raise BadFile("import-empty", file)
    return text


def _decoded_text(file: str, raw: bytes) -> str:
    encoding = "utf-8-sig"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"  # Excel's name for this is Unicode text
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-16" or b"\0" in raw[:4096]:
            raise BadFile("import-binary", file) from error
        # Guessing the encoding would quietly spoil the customers' names.
        row = raw.count(b"\n", 0, error.start) + 1
        raise BadFile("import-not-utf8", file, row=row) from error
