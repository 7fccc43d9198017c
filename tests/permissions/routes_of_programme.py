"""The addresses of the programme's set-up: what each of the office gets, and the rows they name."""

from __future__ import annotations

from django.urls import reverse

from tests.permissions.cast import Side
from valinta.programmes.models import ImportRun, PackDraft

# Method and status for the office; the form is empty where one is sent.
PAGES: dict[str, tuple[str, int]] = {
    "office:programme": ("GET", 200),
    "office:programme_pack": ("GET", 200),
    "office:programme_pack_draft": ("GET", 200),
    # The draft says the same as the pack in use.
    "office:programme_pack_take": ("POST", 302),
    "office:prices": ("GET", 200),
    "office:quotas": ("GET", 200),
    "office:letters": ("GET", 200),
    "office:letters_preview": ("GET", 200),
    "office:letters_text": ("GET", 200),
    "office:imports": ("GET", 200),
    "office:imports_template": ("GET", 200),
    "office:imports_try": ("POST", 422),
    "office:imports_run": ("GET", 200),
    "office:imports_faults": ("GET", 200),
    # No line of the file is good.
    "office:imports_take": ("POST", 409),
    "office:imports_drop": ("POST", 302),
}
DOES: dict[str, set[str]] = {
    "office:programme_pack_take": {"take_draft"},
    "office:imports_drop": {"drop_import"},
}


def address(name: str, side: Side) -> str:
    """The address of a page about the side's programme."""
    named: dict[str, object] = {"programme_id": side.programme.pk}
    with side.scope():
        if name.startswith("office:programme_pack_"):
            named["draft_id"] = PackDraft.objects.order_by("pk")[0].pk
        elif name in ("office:imports_run", "office:imports_faults", "office:imports_take",
                      "office:imports_drop"):  # fmt: skip
            named["run_id"] = ImportRun.objects.order_by("pk")[0].pk
        elif name == "office:imports_template":
            named["kind"] = "clients"
        elif name == "office:letters_text":
            named |= {"kind": "decision", "language": "fi", "key": "intro"}
    return reverse(name, kwargs=named)
