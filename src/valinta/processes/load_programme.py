"""Load a programme pack: the same pack again changes nothing, and no pack changes the past."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.ledger.kinds import AccountKind
from valinta.ledger.posting import open_account
from valinta.organisers import tenancy
from valinta.organisers.models import Organiser
from valinta.processes.programme_tables import (
    Difference,
    Held,
    difference,
    held_rows,
    put,
    remove,
)
from valinta.programmes import rows
from valinta.programmes.models import PackLoad, Programme
from valinta.programmes.pack.schema import Pack
from valinta.programmes.pack_rows import rows_of
from valinta.programmes.pack_terms import content_of, organiser_columns, terms_of
from valinta.programmes.past import PastChange, PastWouldChange, in_words, past_changes, said
from valinta.programmes.rows import Row, Table
from valinta.users.actor import Actor, system
from valinta.users.permissions import Permission


class UnknownOrganiser(LookupError):
    """The pack's organiser is not in the database, so nobody can hold a role for it yet."""


class OtherPackInUse(RuntimeError):
    """Another pack was taken into use after this one was looked into."""

    def __init__(self, sha256: str) -> None:
        self.sha256 = sha256
        super().__init__(
            "Another pack has been taken into use meanwhile. Look into this one again first: what"
            " it does may differ now."
        )


@dataclass(frozen=True, slots=True)
class Loaded:
    """The programme; whether anything changed; and what, in words, a line for each change."""

    programme: Programme
    changed: bool
    lines: list[str]


@transaction.atomic
def load_pack(*, pack: Pack, at: datetime, today: date | None = None) -> Loaded:
    """Load a pack as the system's own work, making its organiser first where it is new.

    For the command line and the demo. Raises what `load_programme` raises, and then the organiser
    is not made either.
    """
    columns = organiser_columns(pack)
    organiser, _ = Organiser.objects.get_or_create(code=columns.pop("code"), defaults=columns)
    return load_programme(pack=pack, by=system(organiser.pk), at=at, today=today)


def load_programme(
    *,
    pack: Pack,
    by: Actor,
    at: datetime,
    today: date | None = None,
    former_sha256: str | None = None,
) -> Loaded:
    """Make the programme as the pack says, for the days from `today` (else the day of `at`) on.

    Idempotent: a pack with the same content as the one in use changes no row. All or nothing.
    With `former_sha256` the pack is taken only in the place of that one; raises OtherPackInUse.
    Works in the tenancy scope of the pack's organiser, whatever the scope is around it. Raises
    UnknownOrganiser, NotAllowed, PastWouldChange with every fact of the past that would change,
    StillUsed when the pack leaves out something that is in use, ShareTooFine and DoesNotFit.
    """
    organiser = Organiser.objects.filter(code=pack.organiser.code).first()
    if organiser is None:
        raise UnknownOrganiser(
            f"There is no organiser {pack.organiser.code}. Load its first pack on the command line:"
            " valinta programme load."
        )
    by.must(Permission.LOAD_PROGRAMMES, organiser.pk)
    with tenancy.scope([organiser.pk], by.user_id), transaction.atomic():
        # Loads of one organiser wait for each other here.
        organiser = Organiser.objects.select_for_update().get(pk=organiser.pk)
        if former_sha256 is not None:
            _must_be_in_use(organiser, pack.code, former_sha256)
        return _load(pack, organiser, by, at, today or at.date())


def _must_be_in_use(organiser: Organiser, code: str, sha256: str) -> None:
    used = PackLoad.objects.filter(programme__organiser=organiser, programme__code=code)
    found = used.order_by("-pk").values_list("sha256", flat=True).first() or ""
    if found != sha256:
        raise OtherPackInUse(found)


def _load(pack: Pack, organiser: Organiser, by: Actor, at: datetime, today: date) -> Loaded:
    content = content_of(pack)
    digest = sha256_of(content)
    programme = Programme.objects.filter(organiser=organiser, code=pack.code).first()
    former = programme and programme.loads.order_by("pk").last()
    if programme and former and former.sha256 == digest:
        return Loaded(programme, False, [])
    lines = _keep_organiser(pack, organiser)
    held: dict[Table, list[Held]] = {}
    if programme is None:
        programme = _open_programme(pack, organiser)
    else:
        held = held_rows(programme)
        lines += _keep_programme(pack, programme)
    wanted = rows_of(pack)
    changes = {table: difference(held.get(table, []), wanted[table]) for table in wanted}
    if held and (found := changes_of_past(held, wanted, changes, today)):
        raise PastWouldChange(programme.code, found)
    _apply(programme, changes)
    lines += _lines(changes, first=former is None)
    PackLoad.objects.create(
        organiser=organiser,
        programme=programme,
        sha256=digest,
        content=content,
        loaded_at=at,
        by_id=by.user_id,
    )
    note = Note(
        "load_programme",
        "programme",
        programme.pk,
        former.sha256[:12] if former else "",
        digest[:12],
        facts={"sha256": digest, "changes": len(lines)},
    )
    record(organiser_id=organiser.pk, by_id=by.user_id, at=at, notes=[note])
    return Loaded(programme, True, lines)


def sha256_of(content: Mapping[str, object]) -> str:
    """The name of a pack by what it says."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _keep_organiser(pack: Pack, organiser: Organiser) -> list[str]:
    """Put the organiser's facts in force; its language stays that of its first pack."""
    lines = []
    for name, value in organiser_columns(pack).items():
        if name != "language" and getattr(organiser, name) != value:
            setattr(organiser, name, value)
            lines.append(f"organiser: {name} changed")
    organiser.save()
    return lines


def _open_programme(pack: Pack, organiser: Organiser) -> Programme:
    return Programme.objects.create(
        organiser=organiser,
        code=pack.code,
        names=pack.names.model_dump(),
        language=pack.default_language,
        terms=terms_of(pack),
        funding_account_id=open_account(organiser_id=organiser.pk, kind=AccountKind.FUNDING),
    )


def _keep_programme(pack: Pack, programme: Programme) -> list[str]:
    """Put the names and undated lists in force, and say which differ."""
    names, terms = pack.names.model_dump(), terms_of(pack)
    lines = [
        f"{name}: changed"
        for name in sorted(terms.keys() | programme.terms.keys())
        if terms.get(name) != programme.terms.get(name)
    ]
    if (programme.names, programme.language) != (names, pack.default_language):
        lines.insert(0, "names or language of the programme: changed")
    programme.names, programme.language, programme.terms = names, pack.default_language, terms
    programme.save(update_fields=["names", "language", "terms"])
    return lines


def changes_of_past(
    held: Mapping[Table, list[Held]],
    wanted: Mapping[Table, list[Row]],
    changes: Mapping[Table, Difference],
    today: date,
) -> list[PastChange]:
    """Everything that would make a day before today read otherwise than it did."""
    had = {table: [one.row for one in some] for table, some in held.items()}
    return [*_lasting(changes), *past_changes(rows.facts(had), rows.facts(wanted), today)]


def _lasting(changes: Mapping[Table, Difference]) -> Iterable[PastChange]:
    """Values of rows without days (a service's unit): what was counted in them stays so."""
    mend = "put it back as it was, and add the new one with a code of its own"
    for table in rows.LISTS:
        for one, row in changes[table].changed:
            if one.row.value != row.value:
                was, would_be = in_words(one.row.value), in_words(row.value)
                had, would_have = said(one.row.value), said(row.value)
                yield PastChange(row.name, None, was, would_be, mend, had, would_have)


def _apply(programme: Programme, changes: Mapping[Table, Difference]) -> None:
    for table in rows.LISTS:
        put(table, changes[table], programme)
    for table in rows.DATED:
        remove(table, changes[table], programme)
        put(table, changes[table], programme)
    # Only now does nothing of the pack's own point to a service, band or group that it leaves out.
    for table in reversed(rows.LISTS):
        remove(table, changes[table], programme)


def _lines(changes: Mapping[Table, Difference], first: bool) -> list[str]:
    if not first:
        return [line for change in changes.values() for line in change.lines()]
    counts = Counter({table: len(change.added) for table, change in changes.items()})
    return [f"{table.name.replace('_', ' ')}: {count} added" for table, count in counts.items()]
