"""Look a company up in the public register, where this installation may ask it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from stdnum.fi import ytunnus

from valinta.integrations.prh.asking import Answer, Registered, ask_register


def look_up_company(*, business_id: str, at: datetime) -> dict[str, Any]:
    """What the register answered, as it is kept with an application, and when it was asked.

    Without VALINTA_COMPANY_REGISTER nothing is asked and the answer says so: the organiser looks.
    """
    base = settings.COMPANY_REGISTER
    if not ytunnus.is_valid(business_id):
        return {}
    written = ytunnus.format(ytunnus.compact(business_id))
    said = ask_register(written, base=base) if base else Registered(Answer.NOT_ASKED)
    return asdict(said) | {"asked_at": at.isoformat(), "situations": list(said.situations)}
