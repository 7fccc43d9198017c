"""A pack that comes as one file, the zip of its folder: taken apart without trusting it. Pure.

Nothing is written by the names in the zip. Only the pack's two files are kept, as text.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path, PurePosixPath
from stat import S_ISLNK
from tempfile import TemporaryDirectory

from valinta.programmes.pack.reader import read_pack
from valinta.programmes.pack.schema import PROGRAMME_FILE, TRAY_FILE, Pack
from valinta.programmes.pack.schema_base import Slug
from valinta.programmes.pack.yaml_marks import read_marked

MOST_BYTES = 2_000_000
MOST_ENTRIES = 40
MOST_TEXT = 500_000
KEPT = (PROGRAMME_FILE, TRAY_FILE)
_SUFFIXES = (".yaml", ".md")
_ENCRYPTED = 0x1


class NotAPackZip(ValueError):
    """The file is not the zip of a pack's folder. `what` is a word for why, `name` the entry."""

    def __init__(self, what: str, name: str = "") -> None:
        self.what, self.name = what, name[:80]
        super().__init__(
            f"The file is not the zip of a pack's folder ({what} {self.name}). Zip the folder with"
            f" {PROGRAMME_FILE}, {TRAY_FILE} and texts in it, and nothing else."
        )


def files_of_zip(data: bytes) -> dict[str, str]:
    """The texts of the pack's files by name.

    Raises NotAPackZip: `large`, `not_zip`, `many`, `path`, `link`, `locked`, `kind`, `twice`,
    `missing`, `not_text`.
    """
    if len(data) > MOST_BYTES:
        raise NotAPackZip("large")
    try:
        with zipfile.ZipFile(BytesIO(data)) as sheet:
            entries = [one for one in sheet.infolist() if not one.is_dir()]
            if len(entries) > MOST_ENTRIES:
                raise NotAPackZip("many")
            found = _chosen(entries)
            return {name: _text(sheet, one) for name, one in found.items()}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError) as error:
        raise NotAPackZip("not_zip") from error
    except RuntimeError as error:
        # A way of packing that is not read here.
        raise NotAPackZip("not_zip") from error


def _chosen(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The entries of the pack's files; all lie in one folder, or in none."""
    found: dict[str, zipfile.ZipInfo] = {}
    folders = set()
    for one in entries:
        path = PurePosixPath(one.filename)
        if path.parts[:1] == ("__MACOSX",):
            continue
        _check(one, path)
        folders.add(path.parent)
        if path.name in found:
            raise NotAPackZip("twice", one.filename)
        if path.name in KEPT:
            found[path.name] = one
    if len(folders) > 1:
        raise NotAPackZip("path", str(sorted(folders)[-1]))
    missing = [name for name in KEPT if name not in found]
    if missing:
        raise NotAPackZip("missing", missing[0])
    return found


def _check(one: zipfile.ZipInfo, path: PurePosixPath) -> None:
    name = one.filename
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name:
        raise NotAPackZip("path", name)
    if len(path.parts) > 2:
        raise NotAPackZip("path", name)
    if S_ISLNK(one.external_attr >> 16):
        raise NotAPackZip("link", name)
    if one.flag_bits & _ENCRYPTED:
        raise NotAPackZip("locked", name)
    if path.suffix not in _SUFFIXES:
        raise NotAPackZip("kind", name)


def _text(sheet: zipfile.ZipFile, one: zipfile.ZipInfo) -> str:
    """The entry's text; what it says of its own length is not believed."""
    with sheet.open(one) as opened:
        data = opened.read(MOST_TEXT + 1)
    if len(data) > MOST_TEXT:
        raise NotAPackZip("large", one.filename)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAPackZip("not_text", one.filename) from error


def pack_of(files: dict[str, str], otherwise: Slug) -> Pack:
    """The pack of these files, checked as in a folder of the right name. Raises PackFaults.

    `otherwise` is the folder's name where the pack does not say its code.
    """
    with TemporaryDirectory() as place:
        folder = Path(place) / otherwise
        _write(folder, files)
        contents = read_marked(folder / PROGRAMME_FILE).contents
        code = contents.get("code") if isinstance(contents, dict) else None
        if isinstance(code, str) and code != otherwise and _is_plain(code):
            folder = folder.rename(Path(place) / code)
        return read_pack(folder)


def _is_plain(code: str) -> bool:
    return code.isascii() and code.replace("-", "").isalnum() and len(code) <= 60


def _write(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir()
    for name in KEPT:
        (folder / name).write_text(files.get(name, ""), encoding="utf-8")
