"""Packs that come as a zip: names that lead out, bombs, links and strange files are refused."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from tests.unit.programmes.pack_copies import NAMES, PACKS
from valinta.programmes.pack.faults import PackFaults
from valinta.programmes.pack.zipped import (
    MOST_BYTES,
    MOST_TEXT,
    NotAPackZip,
    files_of_zip,
    pack_of,
)

BOTH = {"keusote/programme.yaml": b"code: keusote\n", "keusote/services.yaml": b"services: []\n"}


def _zip(entries: Mapping[str, bytes]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as sheet:
        for name, content in entries.items():
            sheet.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_every_pack_goes_through_a_zip_as_it_is(name: str) -> None:
    folder = PACKS / name
    entries = {f"{name}/{one.name}": one.read_bytes() for one in folder.iterdir()}
    files = files_of_zip(_zip(entries))
    assert files == {
        one: (folder / one).read_text(encoding="utf-8")
        for one in ("programme.yaml", "services.yaml")
    }
    assert pack_of(files, "something-else").code == name


def test_files_without_a_folder_are_a_pack_too() -> None:
    bare = {Path(name).name: content for name, content in BOTH.items()}
    assert set(files_of_zip(_zip(bare | {"README.md": b"x"}))) == set(bare)


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"../programme.yaml": b""}, "path"),
        ({"/etc/programme.yaml": b""}, "path"),
        ({"keusote/../../x.yaml": b""}, "path"),
        ({"keusote\\..\\x.yaml": b""}, "path"),
        ({"c:x.yaml": b""}, "path"),
        ({"keusote/deep/er/x.yaml": b""}, "path"),
        ({"other/x.yaml": b""}, "path"),
        ({"keusote/run.py": b"1"}, "kind"),
        ({"keusote/inner.zip": b"PK"}, "kind"),
        ({f"keusote/{number}.md": b"x" for number in range(60)}, "many"),
    ],
)
def test_what_is_not_a_folder_of_a_pack_is_refused(more: dict[str, bytes], what: str) -> None:
    with pytest.raises(NotAPackZip) as found:
        files_of_zip(_zip(BOTH | more))
    assert found.value.what == what


def test_a_bomb_is_not_unpacked_beyond_the_largest_text() -> None:
    bomb = _zip(BOTH | {"keusote/services.yaml": b"a" * (MOST_TEXT * 50)})
    assert len(bomb) < MOST_TEXT
    with pytest.raises(NotAPackZip) as found:
        files_of_zip(bomb)
    assert found.value.what == "large"


def test_links_and_what_is_locked_are_refused() -> None:
    data = BytesIO(_zip(BOTH))
    link = zipfile.ZipInfo("keusote/link.md")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(data, "a") as sheet:
        sheet.writestr(link, "/etc/passwd")
    with pytest.raises(NotAPackZip) as found:
        files_of_zip(data.getvalue())
    assert found.value.what == "link"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "not_zip"),
        (b"PK\x03\x04 half a zip", "not_zip"),
        (b"x" * (MOST_BYTES + 1), "large"),
        (_zip({"keusote/programme.yaml": b""}), "missing"),
        (_zip(BOTH | {"keusote/services.yaml": b"\xff\xfe\xff"}), "not_text"),
    ],
)
def test_other_files_say_what_is_wrong(data: bytes, what: str) -> None:
    with pytest.raises(NotAPackZip) as found:
        files_of_zip(data)
    assert found.value.what == what


@pytest.mark.parametrize("code", ["../../out", "a/b", "..", "", "x" * 300])
def test_a_code_that_is_a_path_is_a_fault_and_names_no_folder(code: str) -> None:
    files = {"programme.yaml": f'code: "{code}"\n', "services.yaml": "services: []\n"}
    with pytest.raises(PackFaults):
        pack_of(files, "keusote")


def test_yaml_that_stands_too_deep_is_a_fault_and_not_a_crash() -> None:
    files = {"programme.yaml": "a: " + "[" * 100_000, "services.yaml": "services: []\n"}
    with pytest.raises(PackFaults) as found:
        pack_of(files, "keusote")
    assert any("too deep" in one.problem for one in found.value.faults)
