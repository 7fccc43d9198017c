"""The form of a resident who comes forward, and what keeps machines from filling it in."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.processes.come_forward import Said
from valinta.web.public.programme_picture import ProgrammePicture
from valinta.web.templatetags.wording import language, name, name_list, tongue

ONE_DAY = 24 * 60 * 60
NOT_SURE = "not-sure"
SELF, ANOTHER = "self", "another"
SALT = "valinta.interest"
# With a slip in it too, since a code with one wrong sign still tells who somebody is.
_LIKE_A_CODE = re.compile(r"\b\d{6}[-+A-FU-Ya-fu-y]\d{3}[0-9A-Za-z]\b")
_PHONE = re.compile(r"[+\d][\d ()\-]{4,}")


def new_seal() -> str:
    """A sealed key for one form: when it was opened, and that the site itself gave it."""
    return signing.TimestampSigner(salt=SALT).sign(uuid4().hex)


class InterestForm(forms.Form):
    """Who comes forward, from where, and how to reach them."""

    municipality = forms.ChoiceField(
        error_messages={
            "required": _("Choose your municipality."),
            "invalid_choice": _("Choose your municipality from the list."),
        }
    )
    group = forms.ChoiceField(
        error_messages={
            "required": _("Choose what fits you best, or “I am not sure”."),
            "invalid_choice": _("Choose what fits you best, or “I am not sure”."),
        }
    )
    whom = forms.ChoiceField(
        choices=[
            (SELF, _("for myself")),
            (ANOTHER, _("for another person, who has agreed to it")),
        ],
        error_messages={"required": _("Say whether it is about you or another person.")},
    )
    for_name = forms.CharField(max_length=120, required=False)
    name = forms.CharField(max_length=120, error_messages={"required": _("Write your name.")})
    phone = forms.CharField(max_length=40, required=False)
    email = forms.EmailField(
        required=False,
        error_messages={
            "invalid": _("Check the e-mail address. It looks like this: name@example.fi.")
        },
    )
    call_times = forms.CharField(max_length=200, required=False)
    language = forms.ChoiceField(
        choices=settings.LANGUAGES,
        error_messages={"required": _("Choose the language you want to be contacted in.")},
    )
    words = forms.CharField(
        max_length=2000,
        required=False,
        error_messages={"max_length": _("The text is too long. Write at most 2,000 characters.")},
    )
    # People never see this one; machines fill in everything.
    website = forms.CharField(required=False)
    seal = forms.CharField(required=False)

    def __init__(self, picture: ProgrammePicture, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picture = picture
        self.form_key: UUID | None = None
        _offer(self.fields["municipality"], self.municipalities)
        _offer(self.fields["group"], [one[:2] for one in self.groups])

    @property
    def municipalities(self) -> list[tuple[str, str]]:
        """The municipalities that are members today."""
        return [(one.code, name(one.names)) for one in self.picture.joined]

    @property
    def groups(self) -> list[tuple[str, str, str]]:
        """The target groups to choose from, each with where it is."""
        return [
            *(
                (one.code, name(one.names), name_list(one.places) if one.places else "")
                for one in self.picture.groups
            ),
            (NOT_SURE, gettext("I am not sure"), gettext("The case manager helps to find out.")),
        ]

    @property
    def languages(self) -> list[tuple[str, str]]:
        """The languages, by their names in the reader's."""
        return [(code, tongue(code).capitalize()) for code, _ in settings.LANGUAGES]

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and not _PHONE.fullmatch(phone):
            raise forms.ValidationError(
                gettext("Check the telephone number. Write only digits, for example 040 123 4567.")
            )
        return phone

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        self._must_be_a_person(given)
        self._must_fit(given)
        wrong = {"phone", "email"} & self.errors.keys()
        if not wrong and not given.get("phone") and not given.get("email"):
            self.add_error(
                "phone", gettext("Write a telephone number or an e-mail address, or both.")
            )
        if given.get("whom") == ANOTHER and not given.get("for_name"):
            self.add_error("for_name", gettext("Write the name of the person it is about."))
        for field in ("name", "for_name", "call_times", "words"):
            if _LIKE_A_CODE.search(str(given.get(field, ""))):
                self.add_error(
                    field,
                    gettext("Take the identity code away. It is asked later, in a safe way."),
                )
        return given

    def _must_be_a_person(self, given: dict[str, Any]) -> None:
        """Opened here, not in the blink of an eye and not days ago, and the trap left empty."""
        if given.get("website"):
            self.add_error(
                None,
                gettext("A field that has to be empty was filled in. It is empty now: send again."),
            )
        seal = str(given.get("seal", ""))
        signer = signing.TimestampSigner(salt=SALT)
        try:
            self.form_key = UUID(signer.unsign(seal, max_age=ONE_DAY))
        except (signing.BadSignature, ValueError):
            self.add_error(
                None, gettext("The form had been open for long. Nothing is lost: send it again.")
            )
            return
        if _opened_within(seal, settings.INTEREST_FORM_SECONDS):
            self.add_error(
                None, gettext("That was very quick. Check what you wrote and send it again.")
            )

    def _must_fit(self, given: dict[str, Any]) -> None:
        """The target group has to be one of the municipality's."""
        groups = {one.code: one for one in self.picture.groups}
        group, town = groups.get(given.get("group", "")), given.get("municipality", "")
        if group is not None and town and not group.is_in(town):
            self.add_error(
                "group",
                gettext("This is only for %(places)s. Choose another, or “I am not sure”.")
                % {"places": name_list(group.places)},
            )

    def seal_again(self) -> str:
        """The seal for the page that is shown again: the same one while it holds."""
        return str(self.data.get("seal", "")) if self.form_key else new_seal()

    @property
    def said(self) -> Said:
        """What was said, of a form without faults."""
        given = self.cleaned_data
        for_another = given["whom"] == ANOTHER
        return Said(
            name=given["name"],
            language=given["language"],
            phone=given["phone"],
            email=given["email"],
            call_times=given["call_times"],
            for_name=given["for_name"] if for_another else "",
            agreed=for_another,
            words=given["words"],
        )

    @property
    def key(self) -> UUID:
        """The same for the same form with the same words, however often it is sent."""
        opened = self.form_key or uuid4()
        return uuid5(opened, repr(sorted(self.cleaned_data.items())))

    @property
    def group_code(self) -> str:
        """The code of the target group; empty when the writer is not sure."""
        code: str = self.cleaned_data["group"]
        return "" if code == NOT_SURE else code


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def _opened_within(seal: str, seconds: int) -> bool:
    try:
        signing.TimestampSigner(salt=SALT).unsign(seal, max_age=seconds)
    except signing.SignatureExpired:
        return False
    return True


def first_values(picture: ProgrammePicture, municipality: str) -> dict[str, str]:
    """What the empty form starts with: the only municipality, or the one in the address."""
    codes = [one.code for one in picture.joined]
    chosen = municipality if municipality in codes else codes[0] if len(codes) == 1 else ""
    return {"municipality": chosen, "language": language(), "whom": SELF}
