"""No text of the site lacks its Finnish or Swedish."""

from __future__ import annotations

from pathlib import Path

import pytest

from valinta.web import translations

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def small_site(tmp_path: Path) -> tuple[Path, Path]:
    """A site with one text in a template, and its two catalogues."""
    (tmp_path / "templates").mkdir()
    page = '{% load i18n %}<c-card heading="x">{% translate "Hello" %}</c-card>'
    (tmp_path / "templates" / "page.html").write_text(page)
    for language, text in (("fi", "Hei"), ("sv", "Hej")):
        write(tmp_path / "locale", language, f'msgid "Hello"\nmsgstr "{text}"\n')
    return tmp_path / "locale", tmp_path


def write(folder: Path, language: str, text: str) -> None:
    path = folder / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + text)


def test_every_text_of_the_site_is_in_finnish_and_swedish() -> None:
    assert translations.faults() == []


def test_a_whole_catalogue_has_no_faults(small_site: tuple[Path, Path]) -> None:
    assert translations.faults(*small_site) == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Hello"\nmsgstr ""\n', "sv: no translation for “Hello”"),
        ("", "sv: no translation for “Hello”"),
        ('#, fuzzy\nmsgid "Hello"\nmsgstr "Hej"\n', "fuzzy"),
        (
            'msgid "Hello"\nmsgstr "Hej"\n\nmsgid "Gone"\nmsgstr "Borta"\n',
            "sv: “Gone” is not used any more",
        ),
    ],
)
def test_a_missing_fuzzy_or_unused_translation_is_named(
    entry: str, fault: str, small_site: tuple[Path, Path]
) -> None:
    write(small_site[0], "sv", entry)
    (found,) = translations.faults(*small_site)
    assert fault in found


def test_new_texts_are_added_and_old_translations_stay(small_site: tuple[Path, Path]) -> None:
    folder, source = small_site
    (source / "more.py").write_text('from x import gettext\ngettext("Good evening")\n')
    translations.update(folder, source)
    assert len(translations.faults(folder, source)) == 2
    written = (folder / "fi" / "LC_MESSAGES" / "django.po").read_text()
    assert 'msgstr "Hei"' in written
    assert 'msgid "Good evening"' in written
