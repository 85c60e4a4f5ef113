"""Who hears of a change of a period: its teachers always, its class and families when it is soon; one notice, once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.notify.actions import send_notice
from truongso.notify.audience import Audience
from truongso.people.actor import Actor
from truongso.people.models import Guardianship, Person, RoleAssignment
from truongso.people.roles import Role
from truongso.timetable import words
from truongso.timetable.models import ChangeKind, Mode, Period
from truongso.ui.jinja import url

SOON = timedelta(days=7)  # what lies further off is seen in the week view, and would only be noise today


def tell(*, by: Actor, period: Period, kind: ChangeKind, before: Mapping[str, Any] | None = None) -> None:
    """Say what became of the period. The reason stands on the pages, not in the notice."""
    before = before or {}
    title, body = _said(period, kind, before)
    days = {period.day, date.fromisoformat(before["day"]) if "day" in before else period.day}
    send(by=by, title=title, body=body, link=url("period", period.pk), units={period.unit_id}, days=days,
         teachers={period.person_id, before.get("person_id")})  # fmt: skip


def tell_swap(*, by: Actor, one: Period, other: Period) -> None:
    title = _("Đổi tiết: %(one)s và %(other)s") % {"one": words.title(one), "other": words.title(other)}
    body = "\n".join(f"{words.title(p)}: {words.when(p)}, {words.hours(p)}" for p in (one, other))
    send(by=by, title=title, body=body, link=url("period", one.pk), units={one.unit_id, other.unit_id},
         days={one.day, other.day}, teachers={one.person_id, other.person_id})  # fmt: skip


def tell_removed(*, by: Actor, period: Period) -> None:
    title = _("Bỏ tiết %(what)s, %(when)s") % {"what": words.title(period), "when": words.when(period)}
    send(by=by, title=title, body="", link="", units={period.unit_id}, days={period.day}, teachers={period.person_id})


def send(
    *, by: Actor, title: str, body: str, link: str, units: set[int], days: Iterable[date], teachers: set[int | None]
) -> None:
    """Nobody is told of what is past; nobody is told of the own deed."""
    today = timezone.localdate()
    coming = [day for day in days if day >= today]
    if not coming:
        return
    people = {person for person in teachers if person}
    if min(coming) <= today + SOON:
        people |= class_and_families(units, today)
    people.discard(by.person_id)
    if people:
        send_notice(by=by, title=title[:160], body=body, link=link, to=Audience(persons=frozenset(people)))


def class_and_families(units: Iterable[int], day: date) -> set[int]:
    """The pupils of these classes, and the guardians who are kept informed on their study."""
    found = RoleAssignment.objects.on(day).filter(role=Role.PUPIL, unit_id__in=units)
    pupils = set(found.values_list("person_id", flat=True))
    families = Guardianship.objects.on(day).filter(child_id__in=pupils, informed=True)
    return pupils | set(families.values_list("guardian_id", flat=True))


_TITLES = {
    ChangeKind.MOVED: gettext_lazy("Dời %(what)s sang %(when)s"),
    ChangeKind.CANCELLED: gettext_lazy("Nghỉ %(what)s, %(when)s"),
    ChangeKind.RESTORED: gettext_lazy("Vẫn học %(what)s, %(when)s"),
    ChangeKind.SUBSTITUTED: gettext_lazy("%(what)s, %(when)s: %(who)s dạy"),
    ChangeKind.MODE: gettext_lazy("%(what)s, %(when)s: %(mode)s"),
    ChangeKind.ROOM: gettext_lazy("%(what)s, %(when)s: phòng %(room)s"),
    ChangeKind.MADE_UP: gettext_lazy("Dạy bù %(what)s, %(when)s"),
    ChangeKind.ADDED: gettext_lazy("Thêm tiết %(what)s, %(when)s"),
}


def _said(period: Period, kind: ChangeKind, before: Mapping[str, Any]) -> tuple[str, str]:
    said: dict[str, object] = {"what": words.title(period), "when": words.when(period), "mode": Mode(period.mode).label}
    if kind == ChangeKind.SUBSTITUTED:
        said["who"] = Person.objects.filter(pk=period.person_id or 0).values_list("full_name", flat=True).first() or ""
    if kind == ChangeKind.ROOM:
        said["room"] = period.room.name if period.room else "–"
    body = words.hours(period)
    if kind == ChangeKind.MOVED:
        old = words.slot(date.fromisoformat(before["day"]), before["shift"], before["number"])
        body = _("Giờ cũ: %(old)s. Giờ mới: %(hours)s.") % {"old": old, "hours": body}
    if kind == ChangeKind.CANCELLED:
        body = _("Lịch dạy bù sẽ báo sau.")
    return str(_TITLES[kind]) % said, body
