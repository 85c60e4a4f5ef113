from django.urls import path

from truongso.consent.views import family, keep, school

urlpatterns = [
    path("consent/", family.my_consent, name="my_consent"),
    path("consent/request/", family.my_request, name="my_request"),
    path("consent/about/<slug:code>/", family.my_consent_purpose, name="my_consent_purpose"),
    path("consent/classes/", school.consent_classes, name="consent_classes"),
    path("consent/classes/<int:pk>/", school.consent_class, name="consent_class"),
    path("consent/classes/<int:pk>/export/", school.consent_export, name="consent_export"),
    path("consent/classes/<int:pk>/pdf/", school.consent_class_pdf, name="consent_class_pdf"),
    path("consent/classes/<int:pk>/remind/", school.consent_remind, name="consent_remind"),
    path("consent/classes/<int:pk>/paper/<slug:code>/", school.consent_paper, name="consent_paper"),
    path("consent/pupils/<int:pk>/pdf/", school.consent_child_pdf, name="consent_child_pdf"),
    path("consent/purposes/", keep.purposes, name="purposes"),
    path("consent/purposes/add/", keep.purpose_add, name="purpose_add"),
    path("consent/purposes/<slug:code>/edit/", keep.purpose_edit, name="purpose_edit"),
    path("consent/purposes/<slug:code>/state/", keep.purpose_state, name="purpose_state"),
    path("consent/requests/", keep.data_requests, name="data_requests"),
    path("consent/requests/add/", keep.data_request_add, name="data_request_add"),
    path("consent/requests/<int:pk>/", keep.data_request, name="data_request"),
    path("consent/deadlines/", keep.deadlines, name="deadlines"),
    path("consent/deadlines/<int:pk>/", keep.deadline_edit, name="deadline_edit"),
]
