"""Files that came from outside, given on: to keep on the reader's device, never shown in a page."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse


def download(content: bytes, name: str, content_type: str) -> FileResponse:
    """The file as it came; what is in it can reach nothing of the site."""
    answer = FileResponse(
        BytesIO(content), as_attachment=True, filename=name, content_type=content_type
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
