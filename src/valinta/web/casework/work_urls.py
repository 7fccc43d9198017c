"""Addresses of the work list, search, contacts, handing over, openings and messages."""

from __future__ import annotations

from django.urls import path

from valinta.web.addresses import ROW
from valinta.web.casework import contacts, handing, messages, openings, search, supporters, work

ONE = f"clients/<{ROW}:client_id>"
urlpatterns = [
    path("work/", work.work, name="work"),
    path(f"newcomers/<{ROW}:interest_id>/take/", work.take_newcomer, name="take_newcomer"),
    path("search/", search.search, name="search"),
    path("openings/", openings.openings, name="openings"),
    path("handing/", handing.handing, name="handing"),
    path("cover/", handing.cover, name="cover"),
    path(f"cover/<{ROW}:cover_id>/end/", handing.uncover, name="end_cover"),
    path("messages/", messages.messages, name="messages"),
    path(f"{ONE}/take/", work.take, name="take"),
    path(f"{ONE}/hand-over/", handing.hand, name="hand_over"),
    path(f"{ONE}/opening/", openings.opening, name="opening"),
    path(f"{ONE}/contacts/", contacts.contacts, name="contacts"),
    path(f"{ONE}/contacts/log/", contacts.log, name="contacts_log"),
    path(f"{ONE}/contacts/<{ROW}:contact_id>/", contacts.change, name="contacts_change"),
    path(f"{ONE}/contacts/<{ROW}:contact_id>/cancel/", contacts.cancel, name="contacts_cancel"),
    path(f"{ONE}/supporters/", supporters.supporters, name="client_supporters"),
    path(f"{ONE}/messages/new/", messages.new, name="message_new"),
    path(f"{ONE}/messages/<{ROW}:thread_id>/", messages.thread, name="thread"),
    path(f"{ONE}/attachments/<{ROW}:attachment_id>/", messages.attachment, name="attachment"),
]
