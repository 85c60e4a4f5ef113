"""Every address of the product. Each view declares its policy; allauth's are given theirs in people.urls."""

from importlib import util

from django.urls import include, path

# Shallow on purpose: an app's own urls.py says the rest.
_APPS = ["shell", "school", "notify", "documents", "people", "jobs", "audit", "ui", "realtime"]
urlpatterns = [
    path("", include(f"truongso.{app}.urls")) for app in _APPS if util.find_spec(f"truongso.{app}.urls") is not None
]
