"""Addresses of people, their roles and those they receive."""

from __future__ import annotations

from django.urls import path

from valinta.web.addresses import ROW
from valinta.web.office import people, people_receiving

AT = f"<{ROW}:programme_id>/people/"

urlpatterns = [
    path(AT, people.people, name="people"),
    path(f"{AT}give/", people.give, name="people_give"),
    path(f"{AT}<{ROW}:holding_id>/end/", people.end, name="people_end"),
    path(f"{AT}invited/<{ROW}:invitation_id>/", people.withdraw, name="people_withdraw"),
    path(f"{AT}receive/", people_receiving.name, name="people_receive"),
    path(
        f"{AT}receive/<{ROW}:reception_id>/end/",
        people_receiving.end,
        name="people_receive_end",
    ),
]
