"""One table of every address of the site and what each person there is gets from it."""

from __future__ import annotations

from tests.permissions import (
    routes_of_api,
    routes_of_casework,
    routes_of_clients,
    routes_of_office,
    routes_of_providers,
)
from tests.permissions.who_gets import (
    OF_ONE_CLIENT,
    Row,
    all_get,
    allowed,
    each,
    only,
)
from valinta.web.routes import ROUTES

TABLE: dict[str, Row] = {
    "public:front": ("GET", all_get(200)),
    "public:sign_in": ("GET", all_get(200)),
    "public:demo_sign_in": ("POST", all_get(404)),
    "public:sign_out": ("POST", all_get(302)),
    "provider:offline": ("GET", all_get(200)),
    "public:language": ("POST", all_get(302)),
    "public:easy": ("POST", all_get(302)),
    "public:sign_in_letter": ("GET", all_get(200)),
    "public:invitation": ("GET", all_get(200)),
    "public:role_invitation": ("GET", all_get(200)),
    "public:budget": ("GET", all_get(200)),
    "public:voucher": ("GET", all_get(200)),
    "public:programmes": ("GET", all_get(200)),
    "public:programme": ("GET", all_get(200)),
    "public:become_provider": ("GET", all_get(200)),
    "public:apply": ("GET", all_get(200)),
    "public:come_forward": ("GET", all_get(200)),
    "public:thanks": ("GET", all_get(200)),
    "public:gallery": ("GET", all_get(200)),
    "public:sitemap": ("GET", all_get(200)),
    "public:robots": ("GET", all_get(200)),
    "public:tray": ("GET", all_get(200)),
    "public:services": ("GET", all_get(200)),
    "public:compare": ("GET", all_get(200)),
    "public:provider": ("GET", all_get(200)),
    "public:approved": ("GET", all_get(200)),
    "public:approved_csv": ("GET", all_get(200)),
    "public:approved_json": ("GET", all_get(200)),
    # One's own applications, and beginning one where one has come to apply.
    "provider:apply": ("GET", allowed(each({*routes_of_providers.HATS, "office"}, 200))),
    "provider:apply_begin": (
        "GET",
        allowed(
            each({*routes_of_providers.HATS, "office"}, 200) | each({"provider elsewhere"}, 404)
        ),
    ),
    "provider:notices": ("GET", allowed(each({*routes_of_providers.HATS, "office"}, 200))),
    # One company alone: its home. Without any: how to become a provider.
    "provider:start": (
        "GET",
        allowed(
            each({"provider", "another provider", "provider elsewhere"}, 302)
            | {"worker who has left": 200}
        ),
    ),
    **{
        name: (
            method,
            # An address that names a visit or a client is not there for strangers to the client.
            (only if ROUTES[name].about in OF_ONE_CLIENT else allowed)(
                each(routes_of_providers.HATS, 404)
                | each({"office"} if name in routes_of_providers.OFFICE_TOO else set(), 404)
                | {"provider": status}
            ),
        )
        for name, (method, status) in routes_of_providers.PAGES.items()
    },
    **{name: (method, all_get(status)) for name, (method, status) in routes_of_api.PAGES.items()},
    **routes_of_clients.TABLE,
    **routes_of_casework.TABLE,
    **routes_of_office.TABLE,
}
