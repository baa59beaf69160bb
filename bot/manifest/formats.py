"""Bytes of the files in manifest/: JSON in one form, and a zip that is the same on any machine."""

import json
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_UNIX, _READABLE = 3, 0o100644 << 16


def json_text(content: object) -> str:
    """Return JSON text, indented, with letters unescaped and a newline at its end."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of the files by name, in their order, dated 1980; uncompressed, as versions of
    zlib differ.
    """
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as archive:
        for name, content in files.items():
            entry = ZipInfo(name)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, content)
    return made.getvalue()
