"""A scanned paper in a form: read, checked by its content, and named safely."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from valinta.messages.files import (
    MOST_BYTES,
    FileOfAnotherKind,
    FileTooLarge,
    Sent,
    kind_of,
    safe_name,
)
from valinta.plans.moving import Scan


def scan_of(form: forms.Form, field: str = "file") -> Scan | None:
    """The file of the form, if any; a fault is added to the field."""
    file = form.files.get(field)
    if not isinstance(file, UploadedFile):
        return None
    if file.size is not None and file.size > MOST_BYTES:
        form.add_error(field, gettext("The file is larger than 5 megabytes. Send a smaller one."))
        return None
    sent = Sent(file.name or "", file.read())
    try:
        kind = kind_of(sent)
    except FileTooLarge:
        form.add_error(field, gettext("The file is larger than 5 megabytes. Send a smaller one."))
    except FileOfAnotherKind:
        form.add_error(field, gettext("Send a PDF, or a picture as PNG or JPEG."))
    else:
        return Scan(safe_name(sent, kind), str(kind), sent.content)
    return None
