"""The demo: stars that clients gave, people to act for, a dispute talked about, a code shown."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.db.models import Count, Sum

from tests.cast import PACKS, moment
from valinta.catalogue.models import Offer
from valinta.clients.models import Mandate
from valinta.demo.play import day_of, play
from valinta.demo.table import row
from valinta.messages.models import Thread
from valinta.messages.states import Route
from valinta.orders.models import Rating
from valinta.organisers import tenancy
from valinta.processes.load_programme import load_pack
from valinta.processes.verify_books import verify_books
from valinta.programmes.pack import read_pack
from valinta.visits.files import VisitFile
from valinta.visits.models import VisitCode

pytestmark = pytest.mark.django_db
TODAY = date(2019, 3, 15)


README = PACKS.parent / "README.md"


def test_the_demo_has_stars_talk_codes_and_a_file_behind_it_and_the_sums_that_the_readme_tells(
    tmp_path: Path,
) -> None:
    programme = load_pack(pack=read_pack(PACKS / "keusote"), at=moment(TODAY, 8)).programme
    with tenancy.scope([programme.organiser_id]):
        play(programme, day_of(programme, TODAY), 1, tmp_path, lambda _: None)
        assert verify_books() == []
        counted = Offer.objects.aggregate(many=Sum("rating_count"))["many"]
        assert counted == Rating.objects.filter(superseded_at=None).count() > 5
        # A daughter and a friend act for the same father, and each for another person too.
        acting = Mandate.objects.filter(ended_at=None).values("user").annotate(n=Count("client"))
        assert sorted(one["n"] for one in acting)[-2:] == [2, 2]
        fathers = Mandate.objects.values("client").annotate(n=Count("user", distinct=True))
        assert max(one["n"] for one in fathers) >= 2
        thread = Thread.objects.get(route=Route.VISIT)
        assert thread.visit is not None
        assert thread.visit.state == "disputed"
        assert thread.subject.startswith("Käynti ")
        assert [one.side for one in thread.messages.order_by("pk")] == ["client", "other", "other"]
        (code,) = VisitCode.objects.filter(used_at__isnull=False)
        assert code.visit is not None
        assert code.visit.order_id == code.order_id
        file = VisitFile.objects.select_related("batch").get()
        counts = file.batch.taken, file.batch.repeated, file.batch.refused
        assert (file.state, counts) == ("done", (0, 20, 1))
        told = [line for line in README.read_text("utf-8").splitlines() if line[:8] == "keusote "]
        assert [tuple(re.split(r"\s{2,}", line)) for line in told] == [row(programme)]
