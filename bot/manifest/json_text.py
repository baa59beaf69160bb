"""JSON as the files in manifest/ have it."""

import json


def json_text(content: object) -> str:
    """Indented, letters as they are, a line's end at the end."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
