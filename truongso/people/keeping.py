"""Pages that a phone keeps for the time without a line: only one's own, and only until somebody else comes."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.crypto import salted_hmac

from truongso.people.http import Request


def kept(request: Request, answer: HttpResponse) -> HttpResponse:
    """Let the service worker keep this page. It drops what it kept when the mark of the person changes.

    A page seen in somebody else's place is never kept.
    """
    if request.actor.acting_account_id is None:
        answer.headers["X-Keep-Offline"] = "yes"
        answer.headers["X-Keep-For"] = salted_hmac("truongso.keep", str(request.actor.account_id)).hexdigest()[:16]
    return answer
