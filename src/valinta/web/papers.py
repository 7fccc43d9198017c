"""A paper in a form: read, checked by its content, and named safely."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.utils.translation import gettext

from valinta.messages.files import (
    MOST_BYTES,
    FileOfAnotherKind,
    FileTooLarge,
    Sent,
    kind_of,
    safe_name,
)
from valinta.providers.application_actions import PaperFile
from valinta.providers.models import Evidence
from valinta.web.downloads import download


def paper_of(form: forms.Form, field: str = "file") -> PaperFile | None:
    """The file of the form, if any; a fault is added to the field."""
    file = form.files.get(field)
    if not isinstance(file, UploadedFile):
        return None
    sent = Sent(file.name or "", file.read(MOST_BYTES + 1))
    try:
        kind = kind_of(sent)
    except FileTooLarge:
        form.add_error(field, gettext("The file is larger than 5 megabytes. Send a smaller one."))
    except FileOfAnotherKind:
        form.add_error(field, gettext("Send a PDF, or a picture as PNG or JPEG."))
    else:
        return PaperFile(safe_name(sent, kind), str(kind), sent.content)
    return None


def as_download(paper: Evidence) -> FileResponse:
    """The paper, to be kept on the reader's device and never shown in a page."""
    return download(bytes(paper.content), paper.name, paper.content_type)
