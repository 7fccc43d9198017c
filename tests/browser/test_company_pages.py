"""The company's own pages and those of its application: sound in every language and scheme."""

from __future__ import annotations

import pytest

from tests.browser.county import county_on_stage
from tests.browser.inspection import Inspector
from tests.browser.pages import Look
from tests.browser.site import Site
from tests.browser.stages import Build
from tests.tour import draft_of
from valinta.organisers import tenancy
from valinta.providers.levels import Level
from valinta.providers.models import Provider, Worker

pytestmark = pytest.mark.browser


@pytest.fixture
def build() -> Build:
    return county_on_stage


def test_every_page_of_the_company_and_of_its_application_is_sound(site: Site) -> None:
    programme = site.cast.programme
    with tenancy.scope([programme.organiser_id]):
        company = Provider.objects.filter(approvals__programme=programme).order_by("pk")[0]
        admin = Worker.objects.filter(provider=company, level=Level.ADMIN).order_by("pk")[0].user
        draft = draft_of(programme)
    own, mine = f"/provider/{company.pk}/company/", f"/provider/apply/{draft.pk}/"
    looks = [Look("provider:company", f"{own}{one}", admin) for one in
             ("", "facts/", "people/", "account/")]  # fmt: skip
    looks += [Look("provider:apply_one", f"{mine}{one}", draft.applicant) for one in
              ("", "company/", "services/", "prices/", "papers/", "send/")]  # fmt: skip
    looks += [Look("provider:apply", "/provider/apply/", draft.applicant)]
    wrong = []
    for look in looks:
        assert look.reader is not None
        wrong += Inspector(site.be(look.reader)).faults(look)
    assert wrong == [], "\n" + "\n".join(wrong)
