from __future__ import annotations

from django.urls import URLPattern, path

from truongso.timetable.views import modes

urlpatterns: list[URLPattern] = [
    path("modes/", modes.decisions, name="modes"),
    path("modes/add/", modes.decide, name="mode_add"),
    path("modes/<int:pk>/", modes.decision, name="mode_decision"),
    path("modes/<int:pk>/withdraw/", modes.withdraw, name="mode_withdraw"),
    path("modes/class/<int:pk>/", modes.class_week, name="mode_class"),
]
