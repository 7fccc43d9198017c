"""Addresses of registering, joining and assessing."""

from __future__ import annotations

from django.urls import path

from valinta.web.addresses import ROW
from valinta.web.casework import (
    assessment,
    assessment_results,
    assessment_sum,
    joining,
    joining_end,
    person,
    register,
)

ONE = f"clients/<{ROW}:client_id>"
urlpatterns = [
    path("register/", register.register, name="register"),
    path(f"{ONE}/person/", person.person, name="client_person"),
    path("queue/", joining_end.queue, name="queue"),
    path(f"{ONE}/joining/", joining.joining, name="joining"),
    path(f"{ONE}/joining/ask/", joining.ask, name="joining_ask"),
    path(f"{ONE}/joining/eligibility/", joining.eligibility, name="joining_eligibility"),
    path(f"{ONE}/joining/join/", joining.join, name="joining_join"),
    path(f"{ONE}/joining/close/", joining_end.close, name="joining_close"),
    path(f"{ONE}/joining/answer/", joining_end.answer, name="joining_answer"),
    path(f"{ONE}/assessment/", assessment.assessment, name="assessment"),
    path(f"{ONE}/assessment/start/", assessment.start, name="assessment_start"),
    path(f"{ONE}/assessment/save/", assessment.save, name="assessment_save"),
    path(f"{ONE}/assessment/sum/", assessment_sum.assessment_sum, name="assessment_sum"),
    path(f"{ONE}/assessment/sum/count/", assessment_sum.compute, name="assessment_compute"),
    path(f"{ONE}/assessment/sum/adjust/", assessment_sum.adjust, name="assessment_adjust"),
    path(f"{ONE}/assessment/results/", assessment_results.results, name="assessment_results"),
    path(
        f"{ONE}/assessment/results/template/",
        assessment_results.template,
        name="assessment_template",
    ),
]
