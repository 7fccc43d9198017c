"""A new pack looked into before it is taken into use: what would differ, and whom that touches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from valinta.audit.actions import Note, record
from valinta.processes.load_programme import Loaded, load_programme, sha256_of
from valinta.processes.pack_changes import Change, compare, names_of_rows
from valinta.processes.pack_effects import Effects, Touch
from valinta.processes.programme_tables import DoesNotFit, StillUsed
from valinta.programmes.models import PackDraft, Programme
from valinta.programmes.pack.schema import Pack
from valinta.programmes.pack.zipped import pack_of
from valinta.programmes.pack_rows import ShareTooFine, rows_of
from valinta.programmes.pack_terms import content_of
from valinta.programmes.past import PastChange, PastWouldChange
from valinta.programmes.rows import Row
from valinta.users.actor import Actor
from valinta.users.permissions import Permission


class OtherProgramme(ValueError):
    """The pack is of another programme or organiser than the one whose page is open."""

    def __init__(self, code: str, organiser: str) -> None:
        self.code, self.organiser = code, organiser
        super().__init__(
            f"This is the pack of {code} of {organiser}. Send in the pack of this programme."
        )


class AlreadyTaken(RuntimeError):
    """The draft has been taken into use before."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A change, from which day on it is, and whom it touches."""

    change: Change
    starts_on: date | None
    touches: tuple[Touch, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft would do. Only one that `can_be_taken` and is not outdated is taken into use.

    `past` are the days gone by that would change, `names` the rows they are about, `stopped` why
    the database would refuse the pack although nothing of the past changes.
    """

    shown: tuple[Shown, ...]
    reworded: int
    terms: tuple[str, ...]
    organiser: tuple[str, ...]
    past: tuple[PastChange, ...]
    names: Mapping[str, Row]
    stopped: StillUsed | DoesNotFit | None
    is_outdated: bool
    is_same: bool

    @property
    def can_be_taken(self) -> bool:
        """Whether the pack can be loaded in the place of the one it was compared with."""
        return not (self.past or self.stopped or self.is_outdated or self.is_same)


def sha256_in_use(programme: Programme) -> str:
    """The name of the pack in use by what it says; empty when none was loaded."""
    found = programme.loads.order_by("-pk").values_list("sha256", flat=True).first()
    return found or ""


@transaction.atomic
def keep_draft(
    *, programme: Programme, files: Mapping[str, str], by: Actor, at: datetime
) -> PackDraft:
    """Keep a pack that was sent in, whole and checked, to be looked into.

    Raises PackFaults, OtherProgramme or ShareTooFine, and then nothing is kept.
    """
    by.must(Permission.LOAD_PROGRAMMES, programme.organiser_id)
    pack = _checked(programme, files)
    rows_of(pack)
    draft = PackDraft.objects.create(
        organiser_id=programme.organiser_id,
        programme=programme,
        files=dict(files),
        sha256=sha256_of(content_of(pack)),
        former_sha256=sha256_in_use(programme),
        made_at=at,
        by_id=by.user_id,
    )
    note = Note("keep_draft", "pack draft", draft.pk, "", draft.sha256[:12])
    record(organiser_id=draft.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return draft


def preview_pack(*, draft: PackDraft, by: Actor, on: date) -> Preview:
    """What the draft would do if it were taken on the day. Changes nothing.

    Raises PackFaults when the checks have become stricter since the draft was kept.
    """
    by.must(Permission.LOAD_PROGRAMMES, draft.organiser_id)
    programme = draft.programme
    pack = _checked(programme, draft.files)
    found = compare(programme, pack, on)
    wanted = [row for some in rows_of(pack).values() for row in some]
    effects = Effects(programme, on, wanted)
    told = [one for one in found.changes if not one.is_words]
    outdated = sha256_in_use(programme) != draft.former_sha256
    return Preview(
        tuple(Shown(one, one.starts_on(on), tuple(effects.of(one))) for one in told),
        len(found.changes) - len(told),
        found.terms,
        found.organiser,
        found.past,
        names_of_rows(programme, pack) if found.past else {},
        None if found.past else _stopped(pack, by, on, draft.made_at),
        outdated,
        found.is_same,
    )


@transaction.atomic
def take_draft(*, draft: PackDraft, by: Actor, at: datetime) -> Loaded:
    """Take the draft into use, in the place of the pack that it was compared with.

    Raises OtherPackInUse when another was taken meanwhile, AlreadyTaken, and what
    `load_programme` raises.
    """
    by.must(Permission.LOAD_PROGRAMMES, draft.organiser_id)
    locked = PackDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if locked.taken_at is not None:
        raise AlreadyTaken("This pack has been taken into use already.")
    pack = _checked(locked.programme, locked.files)
    loaded = load_programme(pack=pack, by=by, at=at, former_sha256=locked.former_sha256)
    locked.taken_at = at
    locked.save(update_fields=["taken_at"])
    note = Note("take_draft", "pack draft", locked.pk, "kept", "taken")
    record(organiser_id=locked.organiser_id, by_id=by.user_id, at=at, notes=[note])
    return loaded


def _checked(programme: Programme, files: Mapping[str, str]) -> Pack:
    pack = pack_of(dict(files), programme.code)
    own = (programme.code, programme.organiser.code)
    if (pack.code, pack.organiser.code) != own:
        raise OtherProgramme(pack.code, pack.organiser.code)
    return pack


class _Back(Exception):
    """Takes back all that a trial loading did."""


def _stopped(pack: Pack, by: Actor, on: date, at: datetime) -> StillUsed | DoesNotFit | None:
    """Why the database would refuse the pack: found by loading it and taking all of it back."""
    try:
        with transaction.atomic():
            load_programme(pack=pack, by=by, at=at, today=on)
            raise _Back
    except (StillUsed, DoesNotFit) as stopped:
        return stopped
    except (_Back, PastWouldChange, ShareTooFine):
        return None
