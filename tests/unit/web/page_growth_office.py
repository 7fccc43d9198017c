"""Twenty-nine more of each thing that the office's pages list."""

from __future__ import annotations

from datetime import date, timedelta

from tests.unit.web.page_desk_files import APPLICANT, FAULTY
from tests.unit.web.page_kinds import MORE, grows
from tests.unit.web.page_rows import LATER, copies, first
from tests.unit.web.rows import Scene, user
from valinta.clients.models import Reception
from valinta.messages.models import Attachment, Message, Thread
from valinta.programmes.models import (
    AllocationRule,
    FundingShare,
    ImportRun,
    LetterText,
    Municipality,
    PackDraft,
    PackLoad,
    Quota,
    Rulebook,
)
from valinta.providers.models import (
    Application,
    ApplicationLine,
    Clarification,
    Evidence,
    RegisterEntry,
    Suspension,
)
from valinta.users.models import RoleInvitation


@grows
def applications(world: Scene) -> None:
    """Applications that wait, each with a service, a paper and a clarification."""
    made = copies(
        first(Application), MORE, business_id=lambda n: f"{7_000_000 + n}-1",
        name=lambda n: f"Uusi {n} Oy",
    )  # fmt: skip
    for model in (ApplicationLine, Evidence, Clarification):
        copies(first(model), MORE, application_id=lambda n: made[n - 1].pk)


@grows
def decided(world: Scene) -> None:
    """Applications that were refused, and papers of an approved provider that soon end."""
    taken = Application.objects.get(state="approved")
    refused = {"state": "refused", "grounds": "Ehdot eivät täyty.", "approval_id": None}
    copies(taken, MORE, **{key: lambda _, said=said: said for key, said in refused.items()})
    paper = Evidence.objects.get(application=taken)
    copies(paper, MORE, condition=lambda n: f"ehto-{n}")


@grows
def asked(world: Scene) -> None:
    """Services, papers and clarifications of one application."""
    one = Application.objects.get(business_id=APPLICANT)
    copies(one.lines.order_by("pk")[0], MORE, service_code=lambda n: f"palvelu-{n}")
    copies(one.evidence.order_by("pk")[0], MORE, name=lambda n: f"paperi-{n}.pdf")
    copies(one.clarifications.order_by("pk")[0], MORE, questions=lambda n: f"Mikä {n}?")


@grows
def entries(world: Scene) -> None:
    """Entries in a register."""
    copies(first(RegisterEntry), MORE, business_id=lambda n: f"{6_000_000 + n}-1")


@grows
def suspensions(world: Scene) -> None:
    """Times that a provider was suspended."""
    copies(first(Suspension), MORE, reason=lambda n: f"Syy {n}.")


@grows
def receptions(world: Scene) -> None:
    """Who receives those who come forward, by town."""
    copies(first(Reception), MORE, municipality_code=lambda n: f"{200 + n}")


@grows
def invitations(world: Scene) -> None:
    """Invitations to a role."""
    copies(first(RoleInvitation), MORE, code_digest=lambda n: f"{n:064d}")


@grows
def officers(world: Scene) -> None:
    """Workers of the office."""
    for number in range(MORE):
        user(world, f"office{number}", f"Esimerkki {number}", "office")


@grows
def quotas(world: Scene) -> None:
    """Towns with places of their own."""
    copies(first(Municipality), MORE, code=lambda n: f"{300 + n}")
    copies(first(Quota), MORE, municipality_code=lambda n: f"{300 + n}")


@grows
def drafts(world: Scene) -> None:
    """Packs that were sent in."""
    copies(first(PackDraft), MORE, made_at=lambda n: LATER + timedelta(hours=n))


@grows
def rules(world: Scene) -> None:
    """Allocation rules and rulebooks of other years, and the packs that brought them."""
    days = [date(2030 + n, 1, 1) for n in range(MORE + 1)]
    for model in (AllocationRule, Rulebook):
        model.objects.update(valid=(date(2020, 9, 1), days[0]))
        copies(first(model), MORE, valid=lambda n: (days[n - 1], days[n]))
    copies(first(PackLoad), MORE, loaded_at=lambda n: LATER + timedelta(hours=n))


@grows
def shares(world: Scene) -> None:
    """Sources that pay a share."""
    copies(first(FundingShare), MORE, source=lambda n: f"lahde-{n}", share=lambda _: 1)


@grows
def imports(world: Scene) -> None:
    """Files that were taken in."""
    copies(first(ImportRun), MORE, tried_at=lambda n: LATER + timedelta(hours=n))


@grows
def faults(world: Scene) -> None:
    """Faulty lines in a file that is taken in."""
    run = first(ImportRun)
    run.content += FAULTY * MORE
    run.save()


@grows
def letter_texts(world: Scene) -> None:
    """Texts of one place in a letter."""
    copies(first(LetterText), MORE, written_at=lambda n: LATER + timedelta(hours=n))


@grows
def office_threads(world: Scene) -> None:
    """Conversations with the office, each with a message and a file."""
    made = copies(_thread(), MORE, subject=lambda n: f"Asia {n}")
    said = copies(_message(), MORE, thread_id=lambda n: made[n - 1].pk)
    copies(_file(), MORE, message_id=lambda n: said[n - 1].pk)


@grows
def office_messages(world: Scene) -> None:
    """Messages in one conversation with the office, each with a file, from both sides."""
    both = (world.users["aino"].pk, world.users["oili"].pk)
    made = copies(
        _message(), MORE, written_by_id=lambda n: both[n % 2],
        side=lambda n: ("client", "other")[n % 2],
    )  # fmt: skip
    copies(_file(), MORE, message_id=lambda n: made[n - 1].pk)


def _thread() -> Thread:
    return Thread.objects.filter(route="office").order_by("pk")[0]


def _message() -> Message:
    return Message.objects.filter(thread=_thread()).order_by("pk")[0]


def _file() -> Attachment:
    return Attachment.objects.filter(message=_message()).order_by("pk")[0]
