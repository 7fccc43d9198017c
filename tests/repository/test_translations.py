"""Every text of the screens is there in Finnish and Swedish, and the check sees what is not."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from tools import translations
from valinta.config.translations import compile_catalogues

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small package with two texts, both translated into Finnish and Swedish."""
    root = tmp_path / "src" / "small"
    (root / "templates").mkdir(parents=True)
    (root / "views.py").write_text('from x import gettext as _\n\nTITLE = _("Budget")\n')
    (root / "templates" / "page.html").write_text(
        "<h1>\n  {% blocktranslate %}Hello {{ name }}{% endblocktranslate %}</h1>"
    )
    _catalogue(root, "fi", Budget="Budjetti", **{"Hello %(name)s": "Hei %(name)s"})
    _catalogue(root, "sv", Budget="Budget", **{"Hello %(name)s": "Hej %(name)s"})
    return root


def _catalogue(root: Path, language: str, **texts: str) -> Path:
    folder = root / "locale" / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    entries = [f'msgid "{text}"\nmsgstr "{words}"\n' for text, words in texts.items()]
    path = folder / "django.po"
    path.write_text(HEADER + "\n".join(entries))
    return path


def test_every_text_is_translated_finished_and_used() -> None:
    assert len(translations.used()) > 100
    assert translations.faults() == []


def test_a_complete_package_has_no_faults(package: Path) -> None:
    assert translations.faults(package) == []


def test_a_missing_text_is_named_with_its_place(package: Path) -> None:
    _catalogue(package, "sv", Budget="Budget")
    assert translations.faults(package) == [
        "sv: missing: 'Hello %(name)s' (src/small/templates/page.html:2)"
    ]


def test_an_empty_a_fuzzy_and_a_left_over_text_are_faults(package: Path) -> None:
    path = _catalogue(
        package, "fi", Budget="", **{"Hello %(name)s": "Hei %(name)s", "Old": "Vanha"}
    )
    path.write_text(path.read_text().replace('msgid "Hello', '#, fuzzy\nmsgid "Hello'))
    assert sorted(translations.faults(package)) == [
        "fi: fuzzy: 'Hello %(name)s'",
        "fi: not translated: 'Budget'",
        "fi: used nowhere: 'Old'",
    ]


def test_another_placeholder_is_a_fault(package: Path) -> None:
    _catalogue(package, "fi", Budget="Budjetti", **{"Hello %(name)s": "Hei %(nimi)s"})
    assert translations.faults(package) == ["fi: other placeholders: 'Hello %(name)s'"]


def test_writing_adds_what_is_missing_and_drops_what_is_left_over(package: Path) -> None:
    path = _catalogue(package, "fi", Budget="Budjetti", Old="Vanha")
    translations.write(package)
    assert translations.faults(package) == ["fi: not translated: 'Hello %(name)s'"]
    assert path.read_text().startswith(HEADER)


def test_a_catalogue_is_compiled_when_it_is_newer_and_only_then(package: Path) -> None:
    written = compile_catalogues(package / "locale")
    assert [path.parent.parent.name for path in written] == ["fi", "sv"]
    assert compile_catalogues(package / "locale") == []
    with written[0].open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Budget") == "Budjetti"
