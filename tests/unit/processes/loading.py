"""Loading packs in March 2019, and looking at every row that came of it."""

from datetime import date
from typing import Any

from tests.unit.processes.pack_edits import (
    NOW,
    TODAY,
)
from valinta.audit.models import Entry
from valinta.catalogue.models import ReferencePrice, Service, TimeBand, VoucherValue
from valinta.ledger.models import Account
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.processes.load_programme import (
    Loaded,
    load_pack,
)
from valinta.programmes import models
from valinta.programmes.pack import Pack

TABLES = (
    models.Programme,
    models.Phase,
    models.Municipality,
    models.TargetGroup,
    models.Quota,
    models.Rulebook,
    models.FundingShare,
    models.AllocationRule,
    models.PackLoad,
    Service,
    TimeBand,
    ReferencePrice,
    VoucherValue,
    Account,
    Entry,
)


def load(what: Pack, today: date = TODAY) -> Loaded:
    return load_pack(pack=what, at=NOW, today=today)


def scope_of(*codes: str) -> Any:
    return tenancy.scope(Organiser.objects.filter(code__in=codes).values_list("pk", flat=True))


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that a load writes, ids too, as seen from all organisers."""
    with tenancy.scope(Organiser.objects.values_list("pk", flat=True)):
        rows = {one.__name__: list(one._default_manager.order_by("pk").values()) for one in TABLES}
    return rows | {"Organiser": list(Organiser.objects.order_by("pk").values())}
