"""What is recorded of eligibility as fields of a form, so that two who answer at once are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from valinta.needs.models import EligibilityCheck
from valinta.shared.changes import Change, Content, difference

YES, NO = "yes", "no"


class EligibilityChanged(ValueError):
    """Another has answered a leg after the form was opened; nothing was saved."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.changes = tuple(changes)
        super().__init__(
            f"Another has changed {', '.join(sorted(one.field for one in changes))}."
            " Look at what changed, and save again."
        )


def content_of(checks: Iterable[EligibilityCheck]) -> dict[str, str]:
    """By field: `answer-`, `act-` and `ground-` of each leg that is answered."""
    content: dict[str, str] = {}
    for one in checks:
        content[f"answer-{one.leg}"] = YES if one.met else NO
        content[f"act-{one.leg}"] = one.act
        content[f"ground-{one.leg}"] = one.ground
    return {field: text for field, text in content.items() if text}


def changes_since(seen: Content, checks: Sequence[EligibilityCheck]) -> list[Change]:
    """What differs now from what was seen when the form was opened, by whom and when."""
    by_leg = {one.leg: one for one in checks}
    known = {field: text for field, text in seen.items() if text}
    found = []
    for field, (was, now) in difference(known, content_of(checks)).items():
        check = by_leg.get(field.partition("-")[2])
        if check is not None:
            found.append(Change(field, was, now, check.checked_by_id, check.checked_at))
    return found
