"""Twenty-nine more of each thing that a company's pages list."""

from __future__ import annotations

from datetime import timedelta

from tests.unit.web.page_company import CUT_OFF, company_of, line_of, settled
from tests.unit.web.page_growth_desk import places
from tests.unit.web.page_kinds import MORE, grows
from tests.unit.web.page_rows import aino, copies, first, first_order
from tests.unit.web.rows import TODAY, Scene, user
from valinta.api.models import ApiClient
from valinta.messages.models import Attachment, Message, Thread
from valinta.orders.assigning import Assignment
from valinta.orders.models import Order
from valinta.providers.models import (
    Application,
    Approval,
    Unit,
    Worker,
)
from valinta.settlements.models import RunVisit, Statement, StatementLine
from valinta.users.models import User
from valinta.visits.files import VisitFile
from valinta.visits.models import Batch, Correction, RefusedLine, StartedVisit, Visit

EVERY_DAY = [
    {"weekday": one, "starts": "09:00", "minutes": 60, "band": "arki"} for one in range(1, 8)
]


@grows
def served(world: Scene) -> None:
    """Clients of the company's, each with an order for every day, given to Hanna."""
    made = places(world)
    copies(
        first_order(world), MORE, enrolment_id=lambda n: made[n - 1].pk,
        client_id=lambda n: made[n - 1].client_id, pattern=lambda _: EVERY_DAY,
    )  # fmt: skip
    copies(first(Assignment), MORE, client_id=lambda n: made[n - 1].client_id)


@grows
def unanswered(world: Scene) -> None:
    """Orders that wait for the company's answer."""
    copies(Order.objects.filter(state="placed").order_by("pk")[0], MORE)


@grows
def over(world: Scene) -> None:
    """Orders that were declined."""
    copies(Order.objects.filter(state="declined").order_by("pk")[0], MORE)


@grows
def visits_of_today(world: Scene) -> None:
    """Visits of today, some of them going on."""
    like = Visit.objects.filter(order=first_order(world), state="confirmed").order_by("pk")[0]
    copies(like, MORE, reference=lambda n: f"today-{n}", served_on=lambda _: TODAY)
    people = [user(world, f"kulkija{n}", f"Kulkija {n}", "provider").pk for n in range(MORE)]
    copies(
        first(StartedVisit), MORE, reference=lambda n: f"going-{n}",
        user_id=lambda n: people[n - 1],
    )  # fmt: skip


@grows
def refused_lines(world: Scene) -> None:
    """Refused lines of one table."""
    copies(first(RefusedLine), MORE, line=lambda n: n + 1, reference=lambda n: f"r-{n + 1}")


@grows
def visit_files(world: Scene) -> None:
    """Large files that the company sent."""
    made = copies(Batch.objects.filter(door="file").order_by("pk")[0], MORE)
    copies(first(VisitFile), MORE, batch_id=lambda n: made[n - 1].pk)


@grows
def company_threads(world: Scene) -> None:
    """Conversations with the company, each with a message and a file."""
    made = copies(_thread(), MORE, subject=lambda n: f"Avain {n}")
    said = copies(_message(), MORE, thread_id=lambda n: made[n - 1].pk)
    copies(_file(), MORE, message_id=lambda n: said[n - 1].pk)


@grows
def company_messages(world: Scene) -> None:
    """Messages in one conversation with the company, each with a file, from both sides."""
    both = (world.users["aino"].pk, world.users["helmi"].pk)
    made = copies(
        _message(), MORE, written_by_id=lambda n: both[n % 2],
        side=lambda n: ("client", "other")[n % 2],
    )  # fmt: skip
    copies(_file(), MORE, message_id=lambda n: made[n - 1].pk)


@grows
def statements(world: Scene) -> None:
    """Payments of earlier months."""
    for number in range(MORE):
        settled(world, 100 + number, CUT_OFF - timedelta(days=15 * (number + 1)))


@grows
def statement_lines(world: Scene) -> None:
    """Lines of one statement, each of another price, with its visit."""
    for visit in _paid(world, "line", differ=True):
        line_of(world, _first_statement(), visit)


@grows
def visits_paid(world: Scene) -> None:
    """Visits of one line of a statement."""
    _paid(world, "paid")


@grows
def corrections_paid(world: Scene) -> None:
    """Corrections that a statement settles."""
    run = _first_statement().run
    paid = _paid(world, "corrected")
    made = copies(first(Correction), MORE, visit_id=lambda n: paid[n - 1].pk)
    for one in made:
        run.runcorrection_set.create(correction=one, organiser=world.organiser)


def _paid(world: Scene, mark: str, *, differ: bool = False) -> list[Visit]:
    """Visits of the first order that the first run has taken."""
    run = _first_statement().run
    like = RunVisit.objects.filter(run=run).order_by("pk")[0].visit
    made = copies(
        like, MORE, reference=lambda n: f"{mark}-{n}",
        price_cents=lambda n: like.price_cents + (n if differ else 0),
        payable_cents=lambda n: like.payable_cents + (n if differ else 0),
    )  # fmt: skip
    RunVisit.objects.bulk_create(
        RunVisit(visit=one, run=run, organiser=world.organiser) for one in made
    )
    return made


def _first_statement() -> Statement:
    return first(StatementLine).statement


@grows
def staff(world: Scene) -> None:
    """People of the company."""
    hired = [user(world, f"tekija{n}", f"Tekijä {n}", "provider").pk for n in range(MORE)]
    copies(Worker.objects.get(user=world.users["hanna"]), MORE, user_id=lambda n: hired[n - 1])


@grows
def serving(world: Scene) -> None:
    """People of the company who serve Aino."""
    hired = [user(world, f"auttaja{n}", f"Auttaja {n}", "provider").pk for n in range(MORE)]
    copies(Worker.objects.get(user=world.users["hanna"]), MORE, user_id=lambda n: hired[n - 1])
    copies(
        Assignment.objects.filter(client=aino(world)).order_by("pk")[0], MORE,
        user_id=lambda n: hired[n - 1],
    )  # fmt: skip


@grows
def units(world: Scene) -> None:
    """Units of the company."""
    copies(first(Unit), MORE, name=lambda n: f"Yksikkö {n}")


@grows
def systems(world: Scene) -> None:
    """Systems that the company has connected."""
    voices = User.objects.bulk_create(
        User(username=f"system-m{n}", display_name="Ohjelma", is_active=False) for n in range(MORE)
    )
    copies(
        first(ApiClient), MORE, user_id=lambda n: voices[n - 1].pk, identifier=lambda n: f"vc_m{n}"
    )


@grows
def companies(world: Scene) -> None:
    """Companies that Helmi keeps."""
    own = company_of(world)
    made = copies(
        own, MORE, business_id=lambda n: f"{4_910_000 + n}-1", name=lambda n: f"Helmi {n} Oy"
    )
    like = Approval.objects.filter(provider=own).order_by("pk")[0]
    copies(like, MORE, provider_id=lambda n: made[n - 1].pk)
    work = Worker.objects.filter(user=world.users["helmi"], provider=own)[0]
    copies(work, MORE, provider_id=lambda n: made[n - 1].pk)


@grows
def own_applications(world: Scene) -> None:
    """Applications of Helmi's."""
    like = Application.objects.get(state="draft", applicant=world.users["helmi"])
    copies(like, MORE, business_id=lambda n: f"{4_920_000 + n}-1", state=lambda _: "withdrawn")


def _thread() -> Thread:
    return Thread.objects.filter(route="provider").order_by("pk")[0]


def _message() -> Message:
    return Message.objects.filter(thread=_thread()).order_by("pk")[0]


def _file() -> Attachment:
    return Attachment.objects.filter(message=_message()).order_by("pk")[0]
