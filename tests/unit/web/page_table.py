"""Which pages list which things, and the tables of the database that no page lists."""

from __future__ import annotations

HOME = {"client:home", "client:start"}
TRAY = {"public:tray", "public:approved"}
CHOOSING = {"client:order_new", "client:switch", "client:voucher"}
# The forms in which a visit is mended and corrected.
FORMS = {"provider:visits_correct", "provider:visits_mend"}
MONTH = {"provider:today", "provider:visits"}
# What goes on and what ends is shown before it is done.
CHANGING = {"casework:changes_home", "casework:changes_withdrawal"}
SHOWN_ON: dict[str, set[str]] = {
    "providers": TRAY | CHOOSING | {"casework:changes_provider", "casework:services_new"}
    | {"casework:services_switch", "office:prices", "office:providers"}
    | {"office:requests_one"},
    "services": CHANGING | {"casework:assessment", "casework:assessment_sum", "casework:client"}
    | {"casework:plan", "casework:plan_compare", "casework:plan_write"}
    | {"casework:services_new", "client:budget", "client:leave", "client:order_new"}
    | {"client:plan", "office:prices", "office:programme_pack_draft"}
    | {"office:requests_one", "public:approved", "public:programme"}
    | {"provider:apply_services", "public:services", "public:tray"},
    "bands": HOME | CHOOSING | FORMS
    | {"client:budget", "office:prices", "office:programme_pack_draft"}
    | {"office:providers_one", "public:compare", "public:provider", "public:tray"}
    | {"provider:apply_prices", "provider:prices", "provider:prices_change"},
    "programmes": {"public:approved", "public:programmes", "public:services"},
    "towns": {"casework:changes_home", "casework:register", "casework:work"}
    | {"client:requests", "office:people", "office:phases", "office:programme"}
    | {"office:programme_pack_draft", "office:providers_register_add"}
    | {"provider:apply_services", "public:come_forward", "public:programme", "public:tray"},
    "orders": HOME | CHANGING | {"casework:changes_death", "casework:client", "casework:services"}
    | {"client:history", "client:leave", "client:message_new", "client:orders"}
    | {"client:visits"},
    "visits_had": HOME | MONTH | {"casework:client", "casework:review", "casework:services"}
    | {"casework:services_order", "client:order", "client:visits"},
    "weeks": {"casework:services_order", "client:order", "provider:orders_calendar"}
    | {"provider:orders_one", "provider:today"},
    "corrections": MONTH | {"casework:services", "casework:services_order", "client:order"}
    | {"client:visits"},
    "checks": MONTH | {"casework:checks", "casework:services", "casework:services_order"}
    | {"client:order", "client:visits", "provider:visits_checks"},
    "threads": {"casework:messages", "casework:work", "client:messages"},
    "messages": {"casework:thread", "client:thread"},
    "supporters": {"casework:client", "casework:client_supporters", "client:supporters"}
    | {"public:sign_in"},
    "clients": {"casework:clients", "casework:handing", "casework:search", "casework:work"}
    | {"client:people"},
    "interests": {"casework:clients", "casework:work"},
    "support_plans": {"client:support_plan"},
    "comments": {"casework:client", "casework:plan", "client:plan"},
    "plans": {"casework:decisions", "casework:plan", "casework:plan_compare"}
    | {"casework:plan_write", "client:decisions", "client:plan"},
    "adjustments": {"casework:assessment", "casework:assessment_sum", "casework:client"}
    | {"client:budget"},
    "vouchers": {"casework:plan", "client:decisions"},
    "months": {"client:budget"},
    "rounds": {"client:wellbeing", "client:wellbeing_answers"},
    "questions": {"client:wellbeing_answers", "client:wellbeing_check"},
    "log": {"client:history", "client:looked", "public:sign_in"},
    "requests": {"casework:client", "client:requests", "office:requests"},
    "baskets": {"casework:client", "casework:plan", "casework:plan_write", "client:whatif"},
    "basket_lines": {"casework:client", "casework:plan", "casework:plan_write", "client:whatif"},
    "colleagues": {"casework:hand_over", "casework:handing", "office:people"},
    "deciders": {"office:people", "office:people_powers"},
    "hand_overs": {"casework:hand_over"},
    "mendings": {"casework:client_person"},
    "openings": {"casework:openings"},
    "contacts": {"casework:client", "casework:contacts"},
    "queued": {"casework:queue", "office:quotas"},
    "points": {"casework:assessment", "casework:assessment_results", "casework:joining"}
    | {"office:programme_pack_draft"},
    "assessments": {"casework:assessment"},
    "proposals": {"casework:proposals", "casework:work"},
    "letters": {"casework:decisions", "casework:letters", "client:decisions"},
    "claims": {"casework:decisions", "client:decisions"},
    "signatures": {"casework:plan", "casework:plan_compare", "client:plan"},
    "changes": {"casework:changes"},
    "movings": {"casework:changes", "casework:moves", "casework:services", "client:orders"}
    | {"office:providers_one", "provider:clients_one", "provider:orders", "provider:today"}
    | {"provider:today_enter"} | FORMS,
    "talks": MONTH | {"provider:home", "provider:messages"}
    | {"casework:review", "casework:services", "casework:services_order"}
    | {"client:messages", "client:order", "client:visits"},
    "applications": {"office:providers", "office:requests_one"},
    "decided": {"office:providers", "office:providers_decided", "office:requests_one"},
    "asked": {"office:providers_application"},
    "entries": {"office:providers_registers"},
    "suspensions": {"office:providers_one"},
    "receptions": {"office:people"},
    "invitations": {"office:people"},
    "officers": {"office:people"},
    "quotas": {"office:programme", "office:quotas"},
    "drafts": {"office:programme_pack"},
    "rules": {"office:programme", "office:programme_pack_draft"},
    "shares": {"office:programme"},
    "imports": {"office:imports"},
    "faults": {"office:imports_run"},
    "letter_texts": {"office:letters_text"},
    "office_threads": {"client:messages", "office:messages"},
    "office_messages": {"office:messages_thread"},
    "served": FORMS | {"provider:clients", "provider:orders", "provider:orders_calendar"}
    | {"provider:today", "provider:today_enter"},
    "unanswered": CHANGING | {"casework:changes_death", "casework:services", "client:leave"}
    | {"client:orders", "office:providers_withdrawal", "provider:clients_end"}
    | {"provider:clients_one", "provider:orders"},
    "over": {"casework:services", "client:orders", "provider:clients_one", "provider:orders"},
    "visits_of_today": MONTH | {"casework:services", "casework:services_order", "client:order"}
    | {"client:visits", "public:sign_in"},
    "refused_lines": MONTH | {"provider:visits_batch"},
    "visit_files": {"provider:visits_files"},
    "company_threads": {"provider:home", "provider:messages"},
    "company_messages": {"provider:messages_one"},
    "statements": {"provider:statements"},
    "statement_lines": {"provider:statements_one", "provider:visits"},
    "visits_paid": {"provider:statements_visits", "provider:visits"},
    "corrections_paid": {"provider:statements_one", "provider:statements_visits"}
    | {"provider:visits"},
    "staff": {"provider:clients_one", "provider:company_people"},
    "serving": {"provider:clients_one", "provider:company_people"},
    "units": {"provider:company", "provider:company_people", "provider:company_systems"}
    | {"provider:orders_one"},
    "systems": {"provider:company_systems"},
    "companies": {"provider:start"},
    "own_applications": {"provider:apply"},
}  # fmt: skip
# Pages that keep what they have shown, once for each content; they are opened once before counting.
KEEPS = {"client:voucher"}
# Tables that no page lists, and why.
NOT_LISTED = {
    "Absence": "no page tells of absences",
    "AccessCode": "a client has one at a time",
    "AccountChange": "a company has one under way at a time",
    "Allocation": "the newest is explained, and its lines are listed",
    "AnswersShown": "one choice of a client",
    "AssessmentSave": "told of only when two workers have saved, field by field",
    "Budget": "one is in force, and its months are listed",
    "DecisionDocument": "the letter of a decision that is listed",
    "Drawing": "told of with each visit that was drawn",
    "Event": "told to systems, and to no page",
    "FilePiece": "what a file of visits is made of",
    "Glance": "tells what is new, and is listed nowhere",
    "KeptAnswer": "an answer that a system may ask for again",
    "Mending": "shown beside the visit or the line that it is about",
    "Notice": "waits for an e-mail to go out",
    "NoticeChoice": "one choice of a user",
    "Paper": "shown beside what it is the paper of, which is listed",
    "Passport": "its keeper has one of a company, and sees it beyond this scope",
    "PassportPaper": "seen by the keeper alone, beyond this scope",
    "Programme": "listed from other organisers, beyond this scope",
    "ProviderAccount": "one for each provider",
    "Sending": "told to systems, and to no page",
    "Subscription": "systems see them over the API",
    "Tries": "counts wrong codes",
    "Usage": "counts a system's requests",
    "VisitCode": "a client sees the newest once",
    "VoucherInformation": "kept as a record of what was told",
    "WithdrawalWork": "an approval has one under way at a time",
}
