"""Plain sentences for what the audit log tells about a client, for the client to read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from valinta.web.words import Words

# What was done, and to what state where that changes the sentence.
SENTENCES: dict[str, Words] = {
    "register_client": _("You were added as a client."),
    "note_interest": _("You came forward for the programme."),
    "queue_enrolment": _("You were put in the queue for a place."),
    "start_enrolment": _("You joined the programme and gave your consent."),
    "end_enrolment": _("Your place in the programme ended."),
    "record_eligibility": _("It was looked into whether the programme is for you."),
    "assess_needs": _("Your needs were assessed."),
    "save_allocation": _("Your budget was computed from your needs."),
    "adjust_allocation": _("The sum of your budget was adjusted, with a reason."),
    "write_support_plan": _("A version of your support plan was kept."),
    "save_support_plan": _("Your support plan was written further."),
    "write_plan": _("A version of your service plan was written."),
    "change_way": _("A service of your plan was changed to another way of organising it."),
    "comment_on_plan": _("A comment was written on your plan."),
    "sign_plan": _("Your plan was signed."),
    "decide": _("A decision was made about your services."),
    "end_decision": _("A decision ended."),
    "open_budget": _("Your budget was opened."),
    "end_budget": _("Your budget ended."),
    "close_month": _("A month of your budget was closed."),
    "open_voucher": _("You were offered a voucher."),
    "accept_voucher": _("You accepted a voucher."),
    "refuse_voucher": _("You declined a voucher."),
    "end_voucher": _("A voucher ended."),
    "inform_of_voucher": _("You were given the information about a voucher."),
    "place_order": _("A service was ordered."),
    "keep_week": _("The weekly times of an order were noted."),
    "accept_order": _("The provider accepted an order."),
    "decline_order": _("The provider could not take an order. Its money is free again."),
    "end_order": _("An order ended."),
    "shorten_order": _("An order was given an earlier last day."),
    "give_back": _("Money of an order was given back to your budget."),
    "cancel_visit": _("A visit was called off."),
    "confirm_visit": _("You said that a visit took place."),
    "dispute_visit": _("You said that a visit did not go as reported."),
    "accept_reviewed": _("A visit was looked into and accepted."),
    "reject_reviewed": _("A visit was looked into and is not paid."),
    "reprice_reviewed": _("A visit was looked into and its price was mended."),
    "correct_visit": _("The price of a visit was corrected afterwards."),
    "rate_service": _("A service was rated."),
    "make_visit_code": _("A one-time code was made for a visit."),
    "use_visit_code": _("The one-time code of a visit was used."),
    "tie_visit_code": _("A visit was confirmed by the one-time code that was shown."),
    "record_absence": _("Days when you are away were noted."),
    "give_mandate": _("Someone got the right to act for you."),
    "end_mandate": _("Someone's right to act for you was ended."),
    "invite_supporter": _("Someone was invited to support you."),
    "accept_invitation": _("An invitation to support you was accepted."),
    "withdraw_invitation": _("An invitation to support you was taken back."),
    "write_access_letter": _("A letter with a code for signing in was made for you."),
    "sign_in_by_letter": _("The code of a letter was used to sign in, or tried."),
    "wish_for_basket": _("You told what you wish for in your plan."),
    "take_wish_back": _("You took back what you had wished for."),
    "note_ordered": _("What you had tried out was ordered."),
    "ask_for_service": _("You asked for something that is not in the list of services."),
    "open_thread": _("A message was sent."),
    "write_message": _("A message was written."),
    "take_data": _("Your data were taken out as a file."),
    "answer_wellbeing": _("You answered questions about how you are."),
    "skip_wellbeing": _("You left out questions about how you are."),
    "show_wellbeing": _("It was chosen whether your case manager sees your answers."),
}

# Steps on the way of which the client hears by a sentence above, or that are about the reading.
QUIET = frozenset(
    {
        "read",
        "refused",
        "note_glance",
        "move_plan",
        "open_wellbeing",
        "close_wellbeing",
        "answer_question",
        "pause_wellbeing",
        "resume_wellbeing",
        "start_basket",
        "rename_basket",
        "copy_basket",
        "discard_basket",
        "put_line",
        "take_line",
    }
)

PURPOSES: dict[str, Words] = {
    "own budget": _("own pages"),
    "acting for the client": _("acting for you"),
    "casework": _("to work with your matters"),
    "casework list": _("in a list of clients"),
}
