"""The public list of approved providers with their prices: a page, a CSV file and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from valinta.catalogue.approved import ApprovedProvider, approved_providers, approved_total
from valinta.catalogue.territory import Territory, territory_on
from valinta.web.public.tray import days_of_all

PAGE = 40
# Spreadsheets in Finland separate cells with a semicolon and write decimals with a comma; without
# the mark at the beginning they would read the letters ä, ö and å wrong.
SEPARATOR, BOM = ";", "\ufeff"
COLUMNS = (
    "organiser", "programme", "provider", "business_id", "sector", "languages", "municipalities",
    "register", "register_number", "approved_on", "rulebook", "service", "service_name", "unit",
    "time_band", "price_euros", "takes_new_clients", "next_free_on", "rating", "ratings",
)  # fmt: skip
# A cell that begins so would be a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
ANYONE_MAY_KEEP = "public, max-age=300"


@require_GET
def approved(request: HttpRequest) -> HttpResponse:
    """The list as a page, in the order of the providers' names."""
    territory = territory_on(days_of_all())
    programme = request.GET.get("programme", "")
    total = approved_total(territory, programme)
    pages = max(1, -(-total // PAGE))
    number = request.GET.get("page", "")[:6]
    page = min(max(1, int(number) if number.isascii() and number.isdigit() else 1), pages)
    context = {
        "providers": approved_providers(territory, programme, limit=PAGE, offset=(page - 1) * PAGE),
        "programmes": territory.programmes,
        "chosen": programme if any(one.code == programme for one in territory.programmes) else "",
        "towns": territory.municipalities,
        "total": total,
        "page": page,
        "pages": pages,
        "earlier": page - 1,
        "later": page + 1 if page < pages else 0,
    }
    return render(request, "public/approved.html", context)


@require_GET
def approved_csv(request: HttpRequest) -> HttpResponse:
    """The list as a file for a spreadsheet: a row for each price."""
    territory = territory_on(days_of_all())
    text = io.StringIO()
    text.write(BOM)
    writer = csv.writer(text, delimiter=SEPARATOR)
    writer.writerow(COLUMNS)
    for one in approved_providers(territory, request.GET.get("programme", "")):
        writer.writerows([_safe(cell) for cell in row] for row in _csv_rows(one))
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="approved-providers.csv"'
    answer["Cache-Control"] = ANYONE_MAY_KEEP
    return answer


@require_GET
def approved_json(request: HttpRequest) -> HttpResponse:
    """The list for programs; the shape is in docs/reference/public-lists.md."""
    territory = territory_on(days_of_all())
    listed = approved_providers(territory, request.GET.get("programme", ""))
    answer = JsonResponse(
        {
            "format": 1,
            "programmes": [
                {"code": one.code, "names": one.names, "on": territory.days[one.organiser_id]}
                for one in territory.programmes
            ],
            "providers": [_as_json(one, territory) for one in listed],
        },
        json_dumps_params={"ensure_ascii": False},
    )
    answer["Cache-Control"] = ANYONE_MAY_KEEP
    return answer


def _csv_rows(one: ApprovedProvider) -> Iterator[list[str]]:
    """A row for each price; a provider without offers has one row without a price."""
    towns = one.municipality_codes
    head = [
        one.organiser_code, one.programme_code, one.provider, one.business_id, one.sector,
        " ".join(one.languages), "all" if towns is None else " ".join(towns), one.register,
        one.register_number, one.approved_on.isoformat(), one.rulebook,
    ]  # fmt: skip
    if not one.offers:
        yield head + [""] * (len(COLUMNS) - len(head))
    for offer in one.offers:
        tenths = offer.rating_tenths
        tail = [
            "yes" if offer.takes_new_clients else "no",
            offer.next_free_on.isoformat() if offer.next_free_on else "",
            "" if tenths is None else f"{tenths // 10},{tenths % 10}",
            str(offer.rating_count),
        ]
        for price in offer.prices:
            euros = f"{price.cents // 100},{price.cents % 100:02d}"
            name = offer.service.get("fi", "")
            yield [*head, offer.service_code, name, offer.unit, price.band, euros, *tail]


def _safe(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _as_json(one: ApprovedProvider, territory: Territory) -> dict[str, Any]:
    return {
        "organiser": one.organiser_code,
        "programme": one.programme_code,
        "provider": one.provider,
        "business_id": one.business_id,
        "sector": one.sector,
        "languages": list(one.languages),
        "municipalities": None if one.municipality_codes is None else list(one.municipality_codes),
        "register": {"code": one.register, "number": one.register_number},
        "approved_on": one.approved_on,
        "rulebook": one.rulebook,
        "services": [
            {
                "code": offer.service_code,
                "names": offer.service,
                "unit": offer.unit,
                "prices": [
                    {"time_band": price.band, "names": price.names, "cents": price.cents}
                    for price in offer.prices
                ],
                "takes_new_clients": offer.takes_new_clients,
                "next_free_on": offer.next_free_on,
                "rating": {"tenths": offer.rating_tenths, "count": offer.rating_count},
            }
            for offer in one.offers
        ],
    }
