"""Forms of messages that several portals have: what is said, the files with it, and the file kept.

Portals never import each other, so what they share of writing messages is here.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from valinta.messages.files import (
    MOST_BYTES,
    MOST_FILES,
    FileOfAnotherKind,
    FileTooLarge,
    Sent,
    TooManyFiles,
)
from valinta.messages.models import Attachment
from valinta.web.downloads import download

MOST_WORDS = 8000
TOO_LONG = _("Write at most 8,000 signs. The rest fits into a second message.")
FILE_FAULTS = (FileTooLarge, FileOfAnotherKind, TooManyFiles)


class ReplyForm(forms.Form):
    """What is said, and the files that go with it."""

    words = forms.CharField(
        max_length=MOST_WORDS,
        error_messages={
            "required": _("Write what you want to say."),
            "max_length": TOO_LONG,
        },
    )

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.chosen: list[UploadedFile[bytes]] = files.getlist("files") if files else []
        self.fields["files"] = forms.Field(required=False)

    @property
    def sent_files(self) -> list[Sent]:
        """The files as they came in; of a file that is too large no more than shows that."""
        chosen = [one for one in self.chosen if one.size]
        return [Sent(one.name or "", one.read(MOST_BYTES + 1)) for one in chosen]


class SubjectForm(ReplyForm):
    """A new thread: what it is about, and the first message."""

    subject = forms.CharField(
        max_length=120,
        error_messages={
            "required": _("Write in a few words what it is about."),
            "max_length": _("Use at most 120 signs here, and say the rest in the message."),
        },
    )


def file_fault(error: ValueError) -> str:
    """What is wrong with a file, in the reader's language."""
    if isinstance(error, FileTooLarge):
        return gettext("A file may have at most 5 megabytes. Send a smaller one.")
    if isinstance(error, TooManyFiles):
        return gettext("Send at most %(n)s files with one message.") % {"n": MOST_FILES}
    return gettext("Send a PDF, or a picture as PNG or JPEG.")


def as_download(found: Attachment) -> FileResponse:
    """The file, to be kept on the reader's device and never shown in a page."""
    return download(bytes(found.content), found.name, found.kind)


class NoticesForm(forms.Form):
    """An e-mail when there is something new: yes with an address, or no."""

    wanted = forms.ChoiceField(
        choices=[("yes", "yes"), ("no", "no")],
        error_messages={
            "required": _("Choose yes or no."),
            "invalid_choice": _("Choose yes or no."),
        },
    )
    email = forms.CharField(max_length=254, required=False)

    def clean(self) -> dict[str, Any]:
        """An address is needed only with a yes."""
        given = super().clean() or {}
        if given.get("wanted") == "yes" and not given.get("email"):
            self.add_error("email", gettext("Write an e-mail address like name@example.fi."))
        return given

    def wanted_in_words(self) -> list[tuple[str, str]]:
        """The two answers."""
        return [("yes", gettext("Yes, send me an e-mail")), ("no", gettext("No e-mails"))]


class AddressCodeForm(forms.Form):
    """The code that was sent to the address."""

    code = forms.CharField(
        max_length=20,
        error_messages={
            "required": _("Write the code that is in the e-mail."),
            "max_length": _("The code has six digits."),
        },
    )
