"""Checks across the facts of a pack: what a schema of single values cannot see."""

from collections import Counter
from collections.abc import Iterator, Sequence

from stdnum import bic, iban
from stdnum.fi import ytunnus

from valinta.programmes.pack.faults import Finding, Place, place_text
from valinta.programmes.pack.rules_dates import check_coverage, check_order, check_overlaps
from valinta.programmes.pack.rules_measures import check_measures
from valinta.programmes.pack.rules_references import check_references
from valinta.programmes.pack.rules_results import check_results
from valinta.programmes.pack.rules_tray import check_tray
from valinta.programmes.pack.schema import Pack
from valinta.programmes.pack.schema_base import Facts, Grounded
from valinta.programmes.pack.schema_people import OrganiserFacts, PayingAccountFacts
from valinta.programmes.pack.schema_tray import LegalBasisFacts
from valinta.programmes.pack.schema_walk import walk


def check(pack: Pack) -> Iterator[Finding]:
    """Every cross-check of a pack that fits the schema, in no order.

    Checks that reckon with periods are left out while some period ends before it starts.
    """
    yield from check_grounds(pack)
    yield from check_unique(pack)
    yield from check_references(pack)
    yield from check_identifiers(pack)
    yield from check_measures(pack)
    yield from check_results(pack)
    out_of_order = list(check_order(pack))
    yield from out_of_order
    if not out_of_order:
        yield from check_overlaps(pack)
        yield from check_coverage(pack)
        yield from check_tray(pack)


def check_grounds(pack: Pack) -> Iterator[Finding]:
    """Each figure has a source, or is assumed and says why."""
    for place, fact in walk(pack):
        if not isinstance(fact, Grounded):
            continue
        if isinstance(fact, LegalBasisFacts) and fact.section is None:
            continue
        if fact.assumed and fact.source is not None:
            problem = "is assumed and has a source"
            yield Finding((*place, "assumed"), problem, "keep the source, or remove it")
        elif fact.assumed and fact.why is None:
            yield Finding((*place, "assumed"), "is assumed without a reason", "add why:")
        elif not fact.assumed and fact.source is None:
            problem = "has no source and is not marked as assumed"
            yield Finding(place, problem, "add source:, or assumed: true and why:")


def check_unique(pack: Pack) -> Iterator[Finding]:
    """Codes are unique in their list, and so are rulebook versions."""
    lists: list[tuple[Place, Sequence[Facts], str]] = [
        ((name,), getattr(pack, name), "code")
        for name in (
            "phases", "municipalities", "target_groups", "acts", "eligibility", "consent",
            "instruments", "contact_routes", "measures", "time_bands", "services",
            "result_instruments",
        )
    ]  # fmt: skip
    lists.append((("rulebooks",), pack.rulebooks, "version"))
    lists.append((("providers", "registers"), pack.providers.registers, "code"))
    lists.append((("providers", "conditions"), pack.providers.conditions, "code"))
    lists.append((("allocation", "need_items"), pack.allocation.need_items, "code"))
    for at, item in enumerate(pack.allocation.need_items):
        lists.append((("allocation", "need_items", at, "levels"), item.levels, "code"))
    for at, one in enumerate(pack.result_instruments):
        lists.append((("result_instruments", at, "scores"), one.scores, "code"))
    for at, measure in enumerate(pack.measures):
        lists.append((("measures", at, "questions"), measure.questions, "code"))
    for place, facts, key in lists:
        taken: Counter[str] = Counter()
        for at, fact in enumerate(facts):
            code = getattr(fact, key)
            taken[code] += 1
            if taken[code] > 1:
                problem = f"the {key} {code!r} is here twice in {place_text(place)}"
                yield Finding((*place, at, key), problem, f"give each its own {key}")


def check_identifiers(pack: Pack) -> Iterator[Finding]:
    """Check digits of the organiser's business id, OVT and paying account."""
    yield from _check_organiser(pack.organiser)
    yield from _check_account(pack.organiser.paying_account)


def _check_organiser(organiser: OrganiserFacts) -> Iterator[Finding]:
    business_id = organiser.business_id
    if "-" not in business_id or not ytunnus.is_valid(business_id):
        yield Finding(
            ("organiser", "business_id"),
            f"{business_id!r} is not a business id: its form or check digit is wrong",
            "copy the business id again, with seven digits, a hyphen and the check digit",
        )
        return
    wanted = "0037" + business_id.replace("-", "")
    suffix = organiser.ovt.removeprefix(wanted)
    if not organiser.ovt.startswith(wanted) or len(suffix) > 5 or not (suffix + "0").isalnum():
        yield Finding(
            ("organiser", "ovt"),
            f"the OVT code {organiser.ovt!r} is not of the business id {business_id}",
            f'write "{wanted}", with at most five more letters or digits for a unit',
        )


def _check_account(account: PayingAccountFacts) -> Iterator[Finding]:
    place: Place = ("organiser", "paying_account")
    if " " in account.iban or not iban.is_valid(account.iban):
        yield Finding(
            (*place, "iban"),
            f"{account.iban!r} is not an IBAN: its form or check digits are wrong",
            "copy the account number again, without spaces",
        )
    if not bic.is_valid(account.bic):
        yield Finding(
            (*place, "bic"), f"{account.bic!r} is not a BIC", "write its 8 or 11 characters"
        )
