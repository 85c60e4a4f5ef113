"""Every address of the product. Each view declares its policy; allauth's are given theirs in people.urls."""

from importlib import util

from django.urls import include, path

# Shallow on purpose: an app's own urls.py says the rest.
_APPS = [
    "shell", "timetable", "intake", "curriculum", "conditions", "consent", "roster", "school", "notify", "documents", "people",
]  # fmt: skip
urlpatterns = [path("", include(f"truongso.{app}.urls")) for app in _APPS if util.find_spec(f"truongso.{app}.urls")]

handler400 = "truongso.shell.errors.bad_request"
handler403 = "truongso.shell.errors.forbidden"
handler404 = "truongso.shell.errors.not_found"
handler429 = "truongso.shell.errors.too_many"  # allauth's name for it
handler500 = "truongso.shell.errors.broken"
