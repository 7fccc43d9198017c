"""S9: the tray with thousands of providers: a page of the search and one that compares four."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from functools import partial

from django.db import connection
from django.test import Client as Browser
from django.test import override_settings

from bench import one_row
from bench.figures import Figure, timed
from bench.volume import owner
from bench.world import MONTH, World
from valinta.catalogue.models import Offer
from valinta.organisers import tenancy

PAGE_MS, QUERY_MS, OF_ONE_ROW = 50, 25, 0.4
ROUNDS = 12
SEARCHES = (
    "",
    "q=kotihoito",
    "q=hemvard",
    "q=siivous+Nurmijärvi",
    "q=kotiohito",
    "service=home-care&municipality=543",
    "service=cleaning&language=sv",
    "municipality=106&price=40",
    "q=hoiva&sector=third_sector",
    "q=apu&page=7",
)
WORDS = (
    "kotihoito",
    "hemvard",
    "siivous nurmijarvi",
    "helmihoiva 120",
    "aterioita",
    "turvapuhelin",
)
FIRST = ("Aamu", "Helmi", "Ilo", "Koivu", "Lempi", "Onni", "Pihla", "Ranta", "Sydän", "Tähti")
LAST = ("apu", "hoiva", "huolto", "koti", "palvelu", "ranta", "taito", "tuki", "turva", "vire")

# Made-up companies, each with four services near the prices of the demo's own.
_PROVIDERS = """
INSERT INTO providers_provider (business_id, name, sector, size_class, founded_year, languages,
    iban, bic, postal_address, descriptions, contact)
SELECT lpad((6000000 + n)::text, 7, '0') || '-1',
    (%(first)s::text[])[1 + n %% 10] || (%(last)s::text[])[1 + n / 10 %% 10] || ' ' || n || ' Oy',
    CASE WHEN n %% 5 = 0 THEN 'third_sector' ELSE 'private' END, p.size_class, p.founded_year,
    CASE n %% 4 WHEN 0 THEN '{fi,sv}' WHEN 1 THEN '{fi,en}' ELSE '{fi}' END::varchar(3)[],
    p.iban, p.bic, p.postal_address, p.descriptions, p.contact
FROM generate_series(1, %(count)s) n, (SELECT * FROM providers_provider WHERE id = %(like)s) p
"""
_APPROVALS = """
INSERT INTO providers_approval (organiser_id, programme_id, provider_id, rulebook_id,
    rulebook_accepted_at, register, register_number, approved_at, valid, municipality_codes,
    end_reason)
SELECT a.organiser_id, a.programme_id, p.id, a.rulebook_id, a.rulebook_accepted_at, a.register,
    'T-' || p.id, a.approved_at, a.valid,
    CASE WHEN p.id %% 3 = 0 THEN NULL ELSE (SELECT array_agg(code) FROM programmes_municipality
        WHERE programme_id = a.programme_id AND valid IS NOT NULL AND (id + p.id) %% 3 > 0) END,
    a.end_reason
FROM providers_provider p, (SELECT * FROM providers_approval WHERE id = %(like)s) a
WHERE p.business_id BETWEEN '6000001' AND '6999999'
"""
_OFFERS = """
INSERT INTO catalogue_offer (organiser_id, approval_id, service_id, valid, takes_new_clients,
    next_free_on, rating_sum, rating_count)
SELECT a.organiser_id, a.id, s.service_id, a.valid, (a.id + s.n) %% 5 > 0, NULL,
    (a.id %% 20) * 4, a.id %% 20
FROM providers_approval a JOIN providers_provider p ON p.id = a.provider_id,
    (SELECT service_id, row_number() OVER (ORDER BY service_id) AS n, count(*) OVER () AS many
     FROM catalogue_offer WHERE organiser_id = %(organiser)s GROUP BY service_id) s
WHERE p.business_id BETWEEN '6000001' AND '6999999' AND (a.id + s.n) %% s.many < 4
"""
_PRICES = """
INSERT INTO catalogue_price (organiser_id, offer_id, band_id, cents, valid, known_at)
SELECT o.organiser_id, o.id, c.band_id, c.cents - o.id %% 200, c.valid, c.known_at
FROM catalogue_offer o JOIN providers_approval a ON a.id = o.approval_id
JOIN providers_provider p ON p.id = a.provider_id
JOIN (SELECT DISTINCT ON (o.service_id, c.band_id) o.service_id, c.* FROM catalogue_price c
      JOIN catalogue_offer o ON o.id = c.offer_id
      WHERE o.organiser_id = %(organiser)s ORDER BY o.service_id, c.band_id, c.id) c
    ON c.service_id = o.service_id
WHERE p.business_id BETWEEN '6000001' AND '6999999'
"""


def fill(world: World, count: int) -> None:
    """Add so many providers with four offers each to the world's programme."""
    approval = world.offer.approval
    values = {
        "first": list(FIRST),
        "last": list(LAST),
        "count": count,
        "organiser": world.programme.organiser_id,
    }
    with owner(world) as connection:
        with connection.transaction():
            connection.execute(_PROVIDERS, {**values, "like": approval.provider_id})
            connection.execute(_APPROVALS, {"like": approval.pk})
            # The triggers of what follows are planned by what has just come in.
            connection.execute("ANALYZE")
            connection.execute(_OFFERS, values)
            connection.execute("ANALYZE")
            connection.execute(_PRICES, values)
        connection.execute("VACUUM ANALYZE")


def measure(world: World, count: int) -> list[Figure]:
    """Pages and words searched, with so many providers, each beside a page of one row."""
    fill(world, count)
    _live_in_march(world)
    some = list(Offer.objects.order_by("pk").values_list("pk", flat=True)[:200])
    fours = ["&".join(f"pick={one}" for one in some[n : n + 4]) for n in range(0, 40, 4)]
    with tenancy.scope([]), override_settings(DEMO=True):
        searching = _seconds([f"/tray/?{query}" for query in SEARCHES])
        comparing = _seconds([f"/tray/compare/?{query}" for query in fours])
        with override_settings(ROOT_URLCONF="bench.one_row", MIDDLEWARE=one_row.MIDDLEWARE):
            one = statistics.median(_seconds(["/"] * 10))
        with tenancy.public_reading():
            words = [timed(_words(text)) for _ in range(ROUNDS * 3) for text in WORDS]
    what = f"{count:,} providers: "
    return [
        _within(f"{what}a page of the search, p95", _share(searching, 0.95), PAGE_MS),
        _within(f"{what}four compared, p95", _share(comparing, 0.95), PAGE_MS),
        _within(f"{what}words in the database, p99", _share(words, 0.99), QUERY_MS),
        _beside(f"{what}pages of the search", statistics.median(searching), one),
        _beside(f"{what}pages of four compared", statistics.median(comparing), one),
    ]


def _live_in_march(world: World) -> None:
    """The site lives on a day on which the programme is open."""
    organiser = world.programme.organiser
    organiser.demo_today = MONTH.starts_on
    organiser.save(update_fields=["demo_today"])


def _seconds(addresses: Sequence[str]) -> list[float]:
    """How long each page takes the server, in this process, after each has been opened once."""
    browser = Browser()
    for address in addresses:
        answer = browser.get(address)
        assert answer.status_code == 200, address
    return [timed(partial(browser.get, address)) for _ in range(ROUNDS) for address in addresses]


def _words(text: str) -> Callable[[], object]:
    def work() -> object:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT offer_id FROM catalogue_tray"
                " WHERE words @@ (SELECT catalogue_sought(%s::text[]))"
                " ORDER BY hashint8extended(provider_id, 7), offer_id LIMIT 10",
                [text.split()],
            )
            return cursor.fetchall()

    return work


def _share(seconds: Sequence[float], share: float) -> float:
    """The time under which this share of them stays."""
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * share))]


def _within(what: str, seconds: float, most_ms: int) -> Figure:
    ms = seconds * 1000
    return Figure("S9", what, f"{ms:.1f} ms", f"{most_ms} ms", ms / most_ms, "most", 1)


def _beside(what: str, seconds: float, one: float) -> Figure:
    ours, theirs = f"{1 / seconds:,.0f}/s", f"{1 / one:,.0f}/s of one row"
    return Figure("S9", what, ours, theirs, one / seconds, "least", OF_ONE_ROW)
