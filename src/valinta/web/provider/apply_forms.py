"""Forms of an application: the company, services and areas, prices, a paper, the signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.providers.application_actions import Company, PaperFile
from valinta.providers.conditions import Condition
from valinta.providers.contact import BadContact, checked_contact
from valinta.providers.iban import BadIban, checked_iban
from valinta.providers.states import SigningRight
from valinta.shared.money import NotAnAmount, parse_euros
from valinta.web.day_fields import DayField
from valinta.web.papers import paper_of
from valinta.web.templatetags.providers import RIGHTS, SIZES
from valinta.web.templatetags.wording import euros

LONGEST = 4000
DAYS = ["%Y-%m-%d", "%d.%m.%Y"]
FIRST_YEAR = 1700
# Where a programme has no ceiling: what is above is a slip of the pen.
MOST_CENTS = 1_000_000_00
_CHOOSE = _("Choose one of these.")
_BAD = {
    "phone": _("Write the telephone number in digits, for example 019 123 456."),
    "email": _("Write the e-mail address like this: name@example.fi."),
    "web": _("Write the web page like this: https://example.fi."),
}
ADDRESS = ("street", "building_number", "postcode", "town")


class BusinessIdForm(forms.Form):
    """The business id of the company that applies."""

    business_id = forms.CharField(
        max_length=20,
        error_messages={
            "required": _("Write the business ID."),
            "max_length": _("A business ID is like 1234567-8."),
        },
    )


class CompanyForm(forms.Form):
    """The company's facts; a draft may leave any of them empty."""

    version = forms.IntegerField(min_value=1)
    name = forms.CharField(required=False, max_length=140)
    sector = forms.ChoiceField(required=False, error_messages={"invalid_choice": _CHOOSE})
    size_class = forms.ChoiceField(
        choices=list(SIZES.items()),
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    founded_year = forms.IntegerField(
        required=False, error_messages={"invalid": _("Write the year with four digits.")}
    )
    languages = forms.MultipleChoiceField(
        required=False,
        choices=settings.LANGUAGES,
        error_messages={"invalid_choice": _CHOOSE},
    )
    street = forms.CharField(required=False, max_length=70)
    building_number = forms.CharField(required=False, max_length=16)
    postcode = forms.CharField(required=False, max_length=16)
    town = forms.CharField(required=False, max_length=35)
    phone = forms.CharField(required=False, max_length=25)
    email = forms.CharField(required=False, max_length=254)
    web = forms.CharField(required=False, max_length=200)
    iban = forms.CharField(required=False, max_length=50)

    def __init__(self, sectors: Sequence[str], this_year: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sector"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one, one) for one in sectors]
        self.this_year = this_year

    def clean_founded_year(self) -> int | None:
        year: int | None = self.cleaned_data["founded_year"]
        if year is not None and not FIRST_YEAR <= year <= self.this_year:
            raise forms.ValidationError(gettext("Write the year in which the company began."))
        return year

    def clean_iban(self) -> str:
        text: str = self.cleaned_data["iban"]
        try:
            return checked_iban(text) if text else ""
        except BadIban as error:
            raise forms.ValidationError(
                gettext("This is not a bank account number (IBAN). Check each sign.")
            ) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for kind, words in _BAD.items():
            try:
                checked_contact({kind: data.get(kind, "")})
            except BadContact:
                self.add_error(kind, str(words))
        return data

    @property
    def company(self) -> Company:
        """The facts that were written."""
        given = self.cleaned_data
        address = {part: given[part] for part in ADDRESS if given[part]}
        return Company(
            name=given["name"],
            sector=given["sector"],
            size_class=given["size_class"],
            founded_year=given["founded_year"],
            languages=given["languages"],
            iban=given["iban"],
            postal_address=address | {"country": "FI"} if address else {},
            contact={kind: given[kind] for kind in _BAD if given[kind]},
        )


def company_first(company: Company) -> dict[str, Any]:
    """What stands in the form to begin with."""
    return {
        "name": company.name,
        "sector": company.sector,
        "size_class": company.size_class,
        "founded_year": company.founded_year or "",
        "languages": list(company.languages),
        "iban": company.iban,
        **{part: company.postal_address.get(part, "") for part in ADDRESS},
        **{kind: company.contact.get(kind, "") for kind in _BAD},
    }


class ServicesForm(forms.Form):
    """Which services, where, and the entry in a register."""

    version = forms.IntegerField(min_value=1)
    services = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": _("Choose among the services.")}
    )
    areas = forms.MultipleChoiceField(
        required=False,
        error_messages={"invalid_choice": _("Choose among the programme's municipalities.")},
    )
    register = forms.ChoiceField(required=False, error_messages={"invalid_choice": _CHOOSE})
    register_number = forms.CharField(required=False, max_length=40)

    def __init__(
        self,
        services: Sequence[str],
        areas: Sequence[str],
        registers: Sequence[str],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, values in (("services", services), ("areas", areas), ("register", registers)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(one, one) for one in values]


class PricesForm(forms.Form):
    """A price for each service and time band; a band left empty is not offered."""

    version = forms.IntegerField(min_value=1)

    def __init__(
        self, ceilings: Mapping[tuple[str, str], int | None], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ceilings = ceilings
        for service, band in ceilings:
            self.fields[field_of(service, band)] = forms.CharField(required=False, max_length=20)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for (service, band), ceiling in self.ceilings.items():
            key = field_of(service, band)
            try:
                data[key] = _cents(data.get(key, ""), ceiling)
            except forms.ValidationError as error:
                self.add_error(key, error)
        return data

    @property
    def prices(self) -> dict[str, dict[str, int]]:
        """Cents by service and band."""
        found: dict[str, dict[str, int]] = {service: {} for service, _band in self.ceilings}
        for service, band in self.ceilings:
            cents = self.cleaned_data[field_of(service, band)]
            if cents is not None:
                found[service][band] = cents
        return found


def field_of(service: str, band: str) -> str:
    """The name of a price's field."""
    return f"price-{service}-{band}"


def _cents(text: str, ceiling: int | None) -> int | None:
    if not text.strip():
        return None
    try:
        cents = parse_euros(text).cents
    except NotAnAmount as error:
        raise forms.ValidationError(
            gettext("Write the price in euros, for example 34,50.")
        ) from error
    if not cents > 0:
        raise forms.ValidationError(gettext("A price is more than nothing."))
    if cents > MOST_CENTS:
        raise forms.ValidationError(gettext("Write the price in euros, for example 34,50."))
    if ceiling is not None and cents > ceiling:
        raise forms.ValidationError(
            gettext("At most %(most)s is approved in this programme.") % {"most": euros(ceiling)}
        )
    return cents


class PaperForm(forms.Form):
    """A paper for one condition with its days, or an answer in words."""

    words = forms.CharField(required=False, max_length=LONGEST)
    file = forms.FileField(required=False)
    issued_on = DayField(
        required=False,
        input_formats=DAYS,
        error_messages={"invalid": _("Write the day, for example 1.4.2019.")},
    )
    valid_until = DayField(
        required=False,
        input_formats=DAYS,
        error_messages={"invalid": _("Write the day, for example 1.4.2019.")},
    )

    def __init__(self, condition: Condition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.condition = condition
        self.paper: PaperFile | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.condition.shown_by == "words":
            if not data.get("words"):
                self.add_error("words", gettext("Write the answer in a few words."))
            return data
        self.paper = paper_of(self)
        if self.paper is None and not self.errors.get("file"):
            self.add_error("file", gettext("Choose the file."))
        if not data.get("issued_on") and not self.errors.get("issued_on"):
            self.add_error("issued_on", gettext("Write the day that is on the paper."))
        if self.condition.has_end and not data.get("valid_until"):
            self.add_error("valid_until", gettext("Write the last day on which the paper holds."))
        return data


class SendForm(forms.Form):
    """Who signs, by what right, and that the rulebook is accepted."""

    signer_name = forms.CharField(
        max_length=120,
        error_messages={"required": _("Write the name of the person who signs.")},
    )
    signer_right = forms.ChoiceField(
        choices=[(one.value, RIGHTS[one]) for one in SigningRight],
        error_messages={
            "required": _("Choose by what right you sign."),
            "invalid_choice": _("Choose by what right you sign."),
        },
    )
    accepts = forms.BooleanField(
        error_messages={"required": _("Read the rulebook and accept it before you send.")}
    )


class AnswerForm(forms.Form):
    """The applicant's answer to a clarification."""

    answer = forms.CharField(
        max_length=LONGEST, error_messages={"required": _("Answer in a few words.")}
    )
