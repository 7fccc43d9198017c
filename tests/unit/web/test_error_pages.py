"""The pages for what is not there, not allowed or too old: in three languages, with ways on."""

from __future__ import annotations

import pytest
from django.test import Client as Browser

from tests.unit.web.rows import Scene

NOT_FOUND = {
    "fi": "Sivua ei löytynyt",
    "sv": "Sidan hittades inte",
    "en": "The page was not found",
}
NOT_ALLOWED = {
    "fi": "Et voi avata tätä sivua",
    "sv": "Du får inte öppna den här sidan",
    "en": "You may not open this page",
}
TOO_OLD = {
    "fi": "Lomaketta ei lähetetty",
    "sv": "Formuläret skickades inte",
    "en": "The form was not sent",
}
FRONT = {"fi": "Etusivulle", "sv": "Till första sidan", "en": "To the front page"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_each_failure_is_told_in_the_readers_language_with_a_way_on(
    language: str, world: Scene
) -> None:
    browser = Browser(enforce_csrf_checks=True, headers={"accept-language": language})
    browser.force_login(world.users["helmi"])
    browser.cookies["django_language"] = language
    answers = [
        (browser.get("/nowhere/"), 404, NOT_FOUND),
        (browser.get("/programmes/a/b/"), 404, NOT_FOUND),
        (browser.get("/casework/"), 403, NOT_ALLOWED),
        (browser.post("/easy-language/", {"easy": "1"}), 403, TOO_OLD),
    ]
    for answer, status, words in answers:
        text = answer.content.decode()
        assert answer.status_code == status
        assert f'<html lang="{language}">' in text
        assert words[language] in text
        assert FRONT[language] in text
        assert 'href="/programmes/"' in text
