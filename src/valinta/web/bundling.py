"""Static files as a browser should get them: style sheets in one piece, compressed, and named so
that they can be kept for ever.

In the source a style sheet imports the sheets it is made of. Fetched one after another they would
keep the reader waiting, so they are put together when the files are collected.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = re.compile(
    r'^@import url\("(?P<path>[^"]+)"\)(?: layer\((?P<layer>\w+)\))?;$', re.MULTILINE
)
_URL = re.compile(r'url\("(?P<path>[^":]+)"\)')
# Notices of licences, which begin with an exclamation mark, stay.
_COMMENT = re.compile(r"/\*(?!!).*?\*/\s*", re.DOTALL)


class Bundled(CompressedManifestStaticFilesStorage):
    """Collects style sheets with their imports written into them."""

    def post_process(self, paths: dict[str, Any], *args: Any, **kwargs: Any) -> Iterator[Any]:
        """Write the imports in, then let the others name and compress the files."""
        root = Path(self.location)
        sheets = [name for name in paths if name.startswith("valinta/") and name.endswith(".css")]
        whole = {name: bundle(root, name) for name in sheets}
        for name, text in whole.items():
            (root / name).write_text(text, encoding="utf-8")
        # The others would read the sources again; these are read where they were collected.
        made = {name: (self, name) for name in whole}
        yield from super().post_process({**paths, **made}, *args, **kwargs)


def bundle(root: Path, name: str) -> str:
    """A style sheet with what it imports, without comments; its addresses stay true."""
    folder = posixpath.dirname(name)

    def brought_in(found: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(folder, found["path"]))
        inner = bundle(root, path)
        away = posixpath.relpath(posixpath.dirname(path), folder)
        moved = _URL.sub(lambda one: f'url("{posixpath.join(away, one["path"])}")', inner)
        return f"@layer {found['layer']} {{\n{moved}\n}}" if found["layer"] else moved

    text = _COMMENT.sub("", (root / name).read_text(encoding="utf-8"))
    return _IMPORT.sub(brought_in, text)
