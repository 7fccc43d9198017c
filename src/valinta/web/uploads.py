"""Files that come with forms: none is read on past what the site takes, whichever form it is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

_TOO_LARGE = "valinta.upload_too_large"


class Bounded(FileUploadHandler):
    """Stands first: counts what comes, and lets go of a request that has too much of it.

    The rest is read and thrown away, so that the sender gets a page and not a broken connection.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._size += len(raw_data)
        if self._size > settings.VISIT_FILE_LARGEST:
            if self.request is not None:
                self.request.META[_TOO_LARGE] = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        return None


def was_too_large(request: Any) -> bool:
    """Whether a file of the request was let go of because of its size."""
    return _TOO_LARGE in request.META
