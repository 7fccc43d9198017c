"""A company looks up what it was paid, on a phone: from the next payment to one visit."""

from __future__ import annotations

import pytest

from tests.browser.county import County, county_on_stage
from tests.browser.inspection import Inspector
from tests.browser.pages import Look
from tests.browser.site import Site
from tests.browser.stages import Build
from valinta.organisers import tenancy
from valinta.providers.levels import Level
from valinta.providers.models import Worker
from valinta.settlements.models import StatementLine

pytestmark = pytest.mark.browser

PHONE = 360


@pytest.fixture
def build() -> Build:
    return county_on_stage


def the_line(county: County) -> StatementLine:
    """A line of the first company that was paid."""
    with tenancy.scope([county.programme.organiser_id]):
        return StatementLine.objects.select_related("statement__provider").order_by("pk")[0]


def test_a_company_finds_its_way_from_the_next_payment_to_a_visit(site: Site) -> None:
    line = the_line(site.cast)
    company = line.statement.provider
    admin = Worker.objects.get(provider=company, level=Level.ADMIN)
    page = site.be(admin.user).speak("en").wide(PHONE).open(f"/provider/{company.pk}/")
    page.get_by_role("navigation", name="Pages of the company").get_by_role(
        "link", name="Statements"
    ).click()
    page.get_by_role("heading", name="Next payment").wait_for()
    site.sound()
    page.get_by_role("link", name="Work until").first.click()
    page.get_by_role("heading", name="From the work to the payment").wait_for()
    site.sound()
    with page.expect_download() as paper:
        page.get_by_role("link", name="As a paper (PDF)").click()
    assert paper.value.suggested_filename.endswith(".pdf")
    page.locator("#lines ~ table a").first.click()
    page.get_by_role("heading", name="Visits").wait_for()
    site.sound()


def test_every_page_of_statements_is_sound_in_every_language_scheme_and_width(site: Site) -> None:
    line = the_line(site.cast)
    statement = line.statement
    admin = Worker.objects.get(provider=statement.provider, level=Level.ADMIN).user
    site.be(admin)
    own = f"/provider/{statement.provider_id}/"
    inspector = Inspector(site)
    wrong = [
        fault
        for path in (
            own,
            f"{own}statements/",
            f"{own}statements/{statement.pk}/",
            f"{own}statements/{statement.pk}/lines/{line.pk}/",
        )
        for fault in inspector.faults(Look("provider:statements", path, admin))
    ]
    assert wrong == [], "\n" + "\n".join(wrong)
