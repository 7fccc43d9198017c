"""The form of one wellbeing question: a number, words, or both, as the question asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.evaluation.actions import MOST_WORDS
from valinta.evaluation.states import QuestionKind

MOST_GOAL = 200
CHOOSE = _("Choose a number, or leave this question out.")


class AnswerForm(forms.Form):
    """An answer to one question."""

    def __init__(self, question: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = QuestionKind(question["kind"])
        if kind is not QuestionKind.SCALE:
            most = MOST_GOAL if kind is QuestionKind.GOAL else MOST_WORDS
            self.fields["text"] = forms.CharField(
                max_length=most,
                error_messages={
                    "required": _("Write something, or leave this question out."),
                    "max_length": gettext("Write at most %(n)s signs.") % {"n": most},
                },
            )
        self.numbers = numbers_of(question)
        if self.numbers:
            self.fields["number"] = forms.TypedChoiceField(
                choices=[(one, one) for one in self.numbers],
                coerce=int,
                error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
            )

    @property
    def chosen(self) -> str:
        """The number that is chosen now, as text; "" for none."""
        if "number" not in self.fields:
            return ""
        value = self["number"].value()
        return "" if value is None else str(value)

    @property
    def given(self) -> dict[str, Any]:
        """What the answer is, for the action."""
        number, text = self.cleaned_data.get("number"), self.cleaned_data.get("text", "")
        return {"number": number, "text": text}


def numbers_of(question: Mapping[str, Any]) -> list[str]:
    """The numbers of the question's scale, as text; none for a question in words."""
    scale = question["scale"]
    if scale is None:
        return []
    return [str(one) for one in range(scale["lowest"], scale["highest"] + 1)]
