"""The pages of case managers and decision makers: what each person gets there."""

from __future__ import annotations

from tests.permissions import routes_of_changes
from tests.permissions.who_gets import (
    ACTING,
    CASEWORK,
    CASEWORK_ELSEWHERE,
    CLIENTS,
    CONFIRMS,
    DECIDES,
    OTHER_SIDES,
    Row,
    allowed,
    each,
    only,
)

TABLE: dict[str, Row] = {
    "casework:access_letter": (
        "POST",
        only(each({"case manager"}, 200) | each({"case manager elsewhere"}, 404)),
    ),
    "casework:client_person": (
        "GET",
        only(each({"case manager"}, 200) | each({"case manager elsewhere"}, 404)),
    ),
    # Without a request in the form there is none to answer, for anyone.
    "casework:answer_request": (
        "POST",
        only(each({"case manager", "case manager elsewhere", "office"}, 404)),
    ),
    "casework:plan_comment": (
        "POST",
        only(
            each(CLIENTS | ACTING, 404)
            | each({"case manager elsewhere"}, 404)
            | each({"case manager"}, 422)
        ),
    ),
    **{
        f"casework:{page}": (
            "GET",
            allowed(each(CASEWORK | CASEWORK_ELSEWHERE, 200)),
        )
        for page in ("work", "search", "messages")
    },
    # Superiors have a list of openings; clients are divided among workers by both.
    "casework:openings": ("GET", allowed(each(DECIDES, 200))),
    "casework:handing": ("GET", allowed(each(CASEWORK | CASEWORK_ELSEWHERE, 200))),
    "casework:cover": ("POST", allowed(each(CASEWORK | CASEWORK_ELSEWHERE, 422))),
    "casework:end_cover": ("POST", allowed(each(CASEWORK_ELSEWHERE, 404) | each(CASEWORK, 302))),
    "casework:take_newcomer": (
        "POST",
        allowed(each({"case manager elsewhere"}, 404) | each({"case manager"}, 302)),
    ),
    # Somebody else's already: that is told on the client's page.
    "casework:take": ("POST", only(each(CASEWORK_ELSEWHERE, 404) | each(CASEWORK, 302))),
    "casework:hand_over": ("GET", only(each(CASEWORK_ELSEWHERE, 404) | each(CASEWORK, 200))),
    # What is open already needs no reason: the client's page.
    "casework:opening": ("GET", only(each(CASEWORK_ELSEWHERE, 404) | each(CASEWORK, 302))),
    "casework:contacts": ("GET", only(each(CASEWORK_ELSEWHERE, 404) | each(CASEWORK, 200))),
    "casework:client_supporters": (
        "GET",
        only(each(CASEWORK_ELSEWHERE, 404) | each(CASEWORK, 200)),
    ),
    **{
        f"casework:{page}": (
            method,
            only(each({"case manager elsewhere"}, 404) | each({"case manager"}, status)),
        )
        for page, method, status in (
            ("contacts_log", "POST", 422),
            ("contacts_change", "GET", 200),
            ("contacts_cancel", "POST", 302),
        )
    },
    # Whoever writes messages for another side has pages of their own.
    **{
        f"casework:{page}": (
            "GET",
            only(each(CLIENTS | ACTING | OTHER_SIDES, 404) | each({"case manager"}, 200)),
        )
        for page in ("message_new", "thread", "attachment")
    },
    **{
        name: (method, only(each(CASEWORK_ELSEWHERE, 404) | each(CASEWORK, status)))
        for name, (method, status) in routes_of_changes.SEEN.items()
    },
    **{
        name: (method, only(each({"case manager elsewhere"}, 404) | each({"case manager"}, status)))
        for name, (method, status) in routes_of_changes.DONE.items()
    },
    **{
        name: (
            method,
            only(each(CLIENTS | ACTING | CONFIRMS, 404) | each({"case manager"}, status)),
        )
        for name, (method, status) in routes_of_changes.ORDERED.items()
    },
    **{
        name: ("GET", allowed(each(CASEWORK | CASEWORK_ELSEWHERE, 200)))
        for name in routes_of_changes.LISTS
    },
    "casework:clients": (
        "GET",
        allowed(each(CASEWORK | {f"{who} elsewhere" for who in CASEWORK}, 200)),
    ),
    "casework:client": (
        "GET",
        only(each({f"{who} elsewhere" for who in CASEWORK}, 404) | each(CASEWORK, 200)),
    ),
    # Registering and joining are the case manager's; a decision maker reads.
    "casework:register": ("GET", allowed(each(CONFIRMS, 200))),
    "casework:queue": ("GET", allowed(each(CONFIRMS, 200))),
    "casework:joining": ("GET", only(each(CASEWORK_ELSEWHERE, 404) | each(CASEWORK, 200))),
    # Without a choice, an answer or a consent in the form, that is told.
    **{
        f"casework:{page}": (
            "POST",
            only(each({"case manager elsewhere"}, 404) | each({"case manager"}, 422)),
        )
        for page in ("joining_ask", "joining_eligibility", "joining_join", "joining_close")
    },
    # Nobody of the table was told no: there is no such answer, and the way back.
    "casework:joining_answer": ("GET", only(each(CASEWORK_ELSEWHERE, 404) | each(CASEWORK, 302))),
    "casework:assessment": ("GET", only(each(CASEWORK_ELSEWHERE, 404) | each(CASEWORK, 200))),
    "casework:assessment_sum": ("GET", only(each(CASEWORK_ELSEWHERE, 404) | each(CASEWORK, 200))),
    **{
        f"casework:{page}": (
            "POST",
            only(each({"case manager elsewhere"}, 404) | each({"case manager"}, 302)),
        )
        # Without the number of an assessment in the form there is none to save: the way back.
        for page in ("assessment_start", "assessment_compute", "assessment_save")
    },
    "casework:assessment_adjust": (
        "POST",
        only(each({"case manager elsewhere"}, 404) | each({"case manager"}, 422)),
    ),
    **{
        f"casework:{page}": (
            "GET",
            only(each({"case manager elsewhere"}, 404) | each({"case manager"}, 200)),
        )
        for page in ("assessment_results", "assessment_template")
    },
    # What waits for a decision, and for the post.
    "casework:proposals": ("GET", allowed(each(DECIDES, 200))),
    "casework:letters": ("GET", allowed(each(CASEWORK | CASEWORK_ELSEWHERE, 200))),
    **{
        f"casework:{page}": ("GET", only(each(CASEWORK_ELSEWHERE, 404) | each(CASEWORK, 200)))
        for page in (
            "plan",
            "plan_compare",
            "plan_scan",
            "plan_voucher_sheet",
            "decisions",
            "decisions_letter",
            "decisions_claim",
        )
    },
    **{
        f"casework:{page}": (
            method,
            only(each({"case manager elsewhere"}, 404) | each({"case manager"}, status)),
        )
        for page, method, status in (
            ("plan_write", "GET", 200),
            ("plan_sums", "POST", 200),
            ("plan_save", "POST", 422),
            ("plan_paper", "POST", 422),
            ("decisions_prepare", "POST", 302),
            ("decisions_refuse", "POST", 422),
        )
    },
    # The clients' side says, signs and claims as well, but not on the worker's pages.
    **{
        f"casework:{page}": (
            method,
            only(
                each(CLIENTS | ACTING | {"case manager elsewhere"}, 404)
                | each({"case manager"}, status)
            ),
        )
        for page, method, status in (
            ("plan_say", "POST", 422),
            ("plan_sign", "POST", 302),
            ("decisions_claim_record", "GET", 200),
            ("decisions_claim_receive", "POST", 422),
        )
    },
    # Without a way, and on a proposal that was taken back, nothing is done.
    **{
        f"casework:{page}": ("POST", only(each(CASEWORK_ELSEWHERE, 404) | each(CASEWORK, status)))
        for page, status in (
            ("plan_voucher_record", 302),
            ("decisions_send", 302),
            ("decisions_posted", 302),
            ("decisions_return", 422),
        )
    },
    **{
        f"casework:{page}": (
            "POST",
            only(each({"decision maker elsewhere"}, 404) | each({"decision maker"}, status)),
        )
        for page, status in (
            ("decisions_decide", 302),
            ("decisions_claim_take", 302),
            ("decisions_claim_answer", 422),
        )
    },
}
