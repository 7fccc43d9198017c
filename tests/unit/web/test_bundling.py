"""Collected style sheets: in one piece, with addresses that stay true."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from valinta.web import bundling

STATIC = Path(bundling.__file__).parent / "static"


def test_an_import_becomes_a_layer_and_its_addresses_stay_true(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "theirs" / "deep").mkdir(parents=True)
    (tmp_path / "ours" / "page.css").write_text(
        '@layer a, b;\n@import url("../theirs/part.css") layer(a);\n/* gone */\np { top: 0; }\n'
    )
    (tmp_path / "theirs" / "part.css").write_text(
        '/*! licence */\n.x { background: url("deep/dot.svg"), url("data:image/png;base64,AA"); }\n'
    )
    text = bundling.bundle(tmp_path, "ours/page.css")
    assert "@layer a {" in text
    assert 'url("../theirs/deep/dot.svg"), url("data:image/png;base64,AA")' in text
    assert "licence" in text
    assert "gone" not in text
    assert "@import" not in text


def test_our_style_sheets_have_nothing_left_to_fetch_but_files_that_are_there() -> None:
    for sheet in (STATIC / "valinta").glob("*.css"):
        name = f"valinta/{sheet.name}"
        text = bundling.bundle(STATIC, name)
        assert "@import" not in text, name
        for path in re.findall(r'url\("([^":]+)"\)', text):
            assert (STATIC / posixpath.normpath(f"valinta/{path}")).is_file(), f"{name}: {path}"
