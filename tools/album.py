"""The album of `docs/pictures`: which page, in which language, and the words beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

WIDE, TABLET, PHONE = 1280, 768, 390


def as_it_opens(page: Page) -> None:
    """Nothing is done on the page."""


def order_a_week(page: Page) -> None:
    """Order as far as the calendar: the first service there is, twice a week for some weeks."""
    page.locator("main a.road").first.click()
    page.locator("main .offers a.ds-button, main .ds-card a.ds-button").first.click()
    page.locator('main a.road[href$="how=week"]').click()
    for day in ("1", "4"):
        page.locator(f'input[name="weekdays"][value="{day}"]').check()
    page.locator('input[name="last_on"]').fill("2019-04-30")
    page.locator("main form button.ds-button").first.click()


def ten_days_away(page: Page) -> None:
    """Say that the client is in hospital, and look at what that does."""
    page.locator('input[name="kind"]').first.check()
    page.locator('input[name="first_on"]').fill("2019-03-20")
    page.locator('input[name="last_on"]').fill("2019-03-29")
    page.locator('button[value="look"]').click()


@dataclass(frozen=True)
class Picture:
    """A picture: the name of its file, the page by its name in the table of routes, and words."""

    name: str
    page: str
    words: str
    width: int = WIDE
    language: str = "en"
    easy: bool = False
    dark: bool = False
    deed: Callable[[Page], None] = field(default=as_it_opens)

    @property
    def title(self) -> str:
        """The page's short name, for those who do not see the picture."""
        return self.name.replace("-", " ")


PICTURES = {
    "For anyone": (
        Picture("front", "public:front", "The start page: what this is, and three ways on."),
        Picture(
            "programme",
            "public:programme",
            "A programme: for whom, where, when, and how to come along.",
        ),
        Picture(
            "tray",
            "public:tray",
            "The service tray: search, filters, and providers in an order that favours nobody.",
        ),
        Picture(
            "compare",
            "public:compare",
            "Three providers side by side: prices by time of day, area, languages, stars.",
        ),
        Picture(
            "provider", "public:provider", "A provider: what it offers, where, and at what price."
        ),
    ),
    "For the client": (
        Picture(
            "home",
            "client:home",
            "Home: what is left, what is coming, and whether a visit took place.",
        ),
        Picture(
            "budget",
            "client:budget",
            "The budget line by line: need times price, and where each euro went.",
        ),
        Picture(
            "whatif",
            "client:whatif",
            "Trying out: what the money is enough for, month by month, before anything is ordered.",
        ),
        Picture(
            "order",
            "client:order_new",
            "The last step of an order: the days in a calendar, the money by month, the terms.",
            deed=order_a_week,
        ),
        Picture(
            "voucher",
            "client:voucher",
            "A voucher: its value, prices, what one pays, the fee otherwise, giving it up.",
        ),
        Picture(
            "support-plan",
            "client:support_plan",
            "The support plan, in the client's own words, one question at a time.",
        ),
        Picture(
            "messages",
            "client:messages",
            "Messages, in three routes: provider, case manager, project office.",
        ),
        Picture(
            "wellbeing",
            "client:wellbeing_question",
            "A question about wellbeing; one on each page, and one may pause.",
        ),
        Picture("history", "client:history", "What has happened, in plain sentences."),
    ),
    "The same home page for everybody": (
        Picture(
            "home-easy", "client:home", "In easy Finnish (selkokieli).", language="fi", easy=True
        ),
        Picture("home-sv", "client:home", "In Swedish.", language="sv"),
        Picture(
            "home-dark",
            "client:home",
            "In dark colours, as the reader's device asks for.",
            language="fi",
            dark=True,
        ),
        Picture("home-phone", "client:home", "On a phone.", language="fi", width=PHONE),
        Picture(
            "order-phone",
            "client:order_new",
            "An order on a phone.",
            language="fi",
            width=PHONE,
            deed=order_a_week,
        ),
    ),
    "For the case manager": (
        Picture("work-list", "casework:work", "The work list: what is due, why, and until when."),
        Picture(
            "casework",
            "casework:client",
            "A client on one page: from need to euros to choice, with the next step.",
        ),
        Picture(
            "assessment",
            "casework:assessment",
            "An assessment, made together with the client on a tablet; it saves itself.",
            width=TABLET,
        ),
        Picture(
            "plan-writing",
            "casework:plan_write",
            "Writing the plan together: how each need is met, and what it comes to.",
        ),
        Picture(
            "hospital",
            "casework:changes_away",
            "A stay in hospital: what it does to each order, before anything is done.",
            deed=ten_days_away,
        ),
    ),
    "For the provider": (
        Picture(
            "today-phone",
            "provider:today",
            "The day on a phone: start, stop or enter after; kept on the device without a network.",
            language="fi",
            width=PHONE,
        ),
        Picture(
            "month",
            "provider:visits",
            "The month's visits: what was accepted, what waits, what was refused and why.",
        ),
        Picture(
            "statement",
            "provider:statements_one",
            "A statement: every cent from the bank back to each visit; as PDF, CSV and e-invoice.",
        ),
    ),
    "For the programme's office": (
        Picture(
            "office-programme",
            "office:programme",
            "The programme in words: phases, municipalities and their coverage, places, rulebook.",
        ),
        Picture(
            "office-application",
            "office:providers_application",
            "A provider's application: each condition, its evidence, and how old it is.",
        ),
    ),
}
