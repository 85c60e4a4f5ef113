"""Taking a roll: of a period, and of a half-day session of a class."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from truongso.people.http import Request
from truongso.people.keeping import kept
from truongso.people.policy import allow, signed_in
from truongso.people.roles import Role
from truongso.timetable import roll_access
from truongso.timetable.actions.rolls import SavedMeanwhile, take_roll
from truongso.timetable.forms import rolls as forms
from truongso.timetable.queries import absences, roll_page
from truongso.timetable.queries.roll_page import Roll
from truongso.timetable.roll_rules import TONES
from truongso.timetable.roll_view import both, history, labels, title
from truongso.ui.jinja import url


@signed_in
def period_roll(request: Request, pk: int) -> HttpResponse:
    """Everybody present until tapped otherwise; what is known already (a note, the links) is filled in, to be confirmed."""
    return _roll(request, roll_access.roll_for(request.actor, pk), url("period", pk))


@allow(Role.HOMEROOM, Role.HEAD, Role.DEPUTY)
def class_roll(request: Request, pk: int) -> HttpResponse:
    """The roll of a half-day session: once for the morning, before the periods."""
    day, shift = forms.session_of(request.GET, absences.main_shift(pk))
    roll = roll_access.session_for(request.actor, pk, day, shift)
    return _roll(request, roll, f"{url('class_absences', pk)}")


def _roll(request: Request, roll: Roll, back: str) -> HttpResponse:
    allowed = roll_access.may_write(request.actor, roll)
    if request.method != "POST":  # a bad line must not take the list away
        return kept(request, _page(request, roll, back, forms.Sent(version=roll.version)))
    sent = forms.read(request.POST.dict(), [row.person.pk for row in roll.rows])
    if not allowed:
        return _page(request, roll, back, sent, status=403)
    error = ""
    if sent.who != request.actor.person_id:
        error = _("Điểm danh này ghi trên máy bởi một tài khoản khác. Xin xem lại rồi lưu.")
    elif not sent.errors:
        try:
            take_roll(
                by=request.actor, roll=roll, marks=sent.marks, version=sent.version, seen=sent.seen, reason=sent.reason
            )
        except SavedMeanwhile as meanwhile:
            page = both(meanwhile, back) | {"key": _key(request)}
            return render(request, "timetable/roll_both.html", page, status=409)
        except ValidationError as no:
            error = no.messages[0]
        else:
            return _saved(request, back)
    return _page(request, roll, back, sent, error=error, status=422)


def _saved(request: Request, back: str) -> HttpResponse:
    messages.success(request, _("Đã lưu điểm danh."))
    if "X-Tap" in request.headers:
        return HttpResponse(status=204, headers={"X-Next": back})
    return redirect(back)


def _key(request: Request) -> str:
    """Under which the device keeps what is not sent yet."""
    return f"roll:{request.actor.person_id}:{request.get_full_path()}"


def _page(
    request: Request, roll: Roll, back: str, sent: forms.Sent, *, error: str = "", status: int = 200
) -> HttpResponse:
    locked = roll_access.is_locked(roll, request.actor.on)
    page = {
        "roll": roll, "title": title(roll), "back": back, "sent": sent, "error": error, "key": _key(request),
        "allowed": roll_access.may_write(request.actor, roll), "locked": locked, "tones": TONES, "words": list(labels().items()),
        "reads": roll_access.is_keeper(request.actor, {u.pk for u in roll.units}), "history": history(roll),
        "names": roll_page.names({s.taken_by_id for s in roll.sheets.values()}),
    }  # fmt: skip
    return render(request, "timetable/roll.html", page, status=status)
