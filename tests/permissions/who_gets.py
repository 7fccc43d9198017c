"""Who there is, in groups, and what the groups get: the words of the tables of addresses."""

from __future__ import annotations

from tests.permissions.test_verbs import PEOPLE

# The method, and the status for each person.
Row = tuple[str, dict[str, int]]
# Strangers are people of the other organiser, whose page is asked for by its number here.
STRANGERS = ["client", "representative", "case manager", "decision maker", "provider"]
EVERYONE = ["anonymous", *(who for who in PEOPLE if who != "system")]
EVERYONE += [f"{who} elsewhere" for who in STRANGERS]

CLIENTS = {"client", "another client", "client elsewhere"}
ACTING = {who for who in EVERYONE if who.startswith("representative")}
SEES = {"client", "representative", "representative who may only see"}
ACTS = {"representative who acts and sees no more"}
SEES_PLAN = SEES | ACTS | {"representative who sees the plan"}
SEES_MONEY = SEES | ACTS | {"representative who sees the money"}
NEAR = SEES_PLAN | SEES_MONEY
NARROW = ACTS | {"representative who sees the plan", "representative who sees the money"}
# In the client's place, with all of their things in sight, or with what the deed needs.
PLANS = {"client", "representative"}
DOES = PLANS | ACTS
WRITES_PLAN = DOES | {"representative who sees the plan"}
CASEWORK = {"case manager", "decision maker"}
DECIDES = {"decision maker", "decision maker elsewhere"}
CASEWORK_ELSEWHERE = {f"{who} elsewhere" for who in CASEWORK}
OTHER_SIDES = {
    "case manager",
    "case manager elsewhere",
    "provider",
    "provider elsewhere",
    "another provider",
    "worker who has left",
    "office",
}
CONFIRMS = {"case manager", "case manager elsewhere"}


def all_get(status: int) -> dict[str, int]:
    return dict.fromkeys(EVERYONE, status)


def allowed(opened: dict[str, int]) -> dict[str, int]:
    """Whoever is not named has no permission for the page; the unknown are asked to sign in."""
    return all_get(403) | {"anonymous": 302} | opened


# Things of companies that are one client's too.
OF_ONE_CLIENT = {"visit", "company client", "assignment"}


def only(opened: dict[str, int]) -> dict[str, int]:
    """To whoever is not named the page is not there; those near the client learn that they may not.

    The unknown are asked to sign in.
    """
    return all_get(404) | each(NEAR, 403) | {"anonymous": 302} | opened


def each(people: set[str], status: int) -> dict[str, int]:
    return dict.fromkeys(people, status)
