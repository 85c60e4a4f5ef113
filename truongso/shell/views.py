from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from truongso.people.http import Request
from truongso.people.policy import signed_in


@signed_in
def today(request: Request) -> HttpResponse:
    """Hôm nay: what happens next and what waits."""
    return render(request, "shell/today.html")
