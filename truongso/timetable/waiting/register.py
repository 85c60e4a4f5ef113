"""What waits on Hôm nay about the class register: lines to sign, weeks to sign, classes that fall behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncWeek
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from truongso.lib import dates
from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.timetable import layout
from truongso.timetable.models import Period, PeriodState, RegisterWeek
from truongso.timetable.progress_access import sight
from truongso.timetable.queries.gaps import unsigned
from truongso.timetable.queries.progress import streams
from truongso.timetable.rules import LEADERS
from truongso.ui.jinja import url

LATE = 2


def lines(actor: Actor) -> Iterator[tuple[int, str, str, str]]:
    if actor.is_staff:
        yield from _to_sign(actor)
    if own := actor.units(Role.HOMEROOM):
        yield from _weeks(actor, own)
    if actor.has(*LEADERS):
        yield from _school(actor)
    if actor.has(Role.TEACHER, Role.HOMEROOM, Role.GROUP_HEAD):
        yield from _behind(actor)


def _to_sign(actor: Actor) -> Iterator[tuple[int, str, str, str]]:
    found = unsigned(person_id=actor.person_id).order_by().aggregate(n=Count("pk"), oldest=Min("day"))
    if count := found["n"]:
        text = ngettext("tiết chưa kí sổ đầu bài", "tiết chưa kí sổ đầu bài", count)
        yield count, text, _("cũ nhất ngày %(day)s") % {"day": dates.show(found["oldest"])}, url("register_sign")


def _weeks(actor: Actor, own: frozenset[int]) -> Iterator[tuple[int, str, str, str]]:
    """Weeks of the own classes that are over and that the homeroom teacher has not signed."""
    this = layout.monday(actor.on)
    over = Period.objects.filter(
        unit__in=own, state=PeriodState.PLANNED, day__lt=this, day__gte=this - timedelta(weeks=40)
    )
    weeks = set(over.order_by().values_list("unit_id", TruncWeek("day")).distinct())
    signed = Q(homeroom_at__isnull=False) | Q(head_at__isnull=False)
    weeks -= set(RegisterWeek.objects.filter(signed, unit__in=own).values_list("unit_id", "monday"))
    if weeks:
        unit, monday = min(weeks, key=lambda week: (week[1], week[0]))
        text = ngettext("tuần chờ chủ nhiệm kí sổ", "tuần chờ chủ nhiệm kí sổ", len(weeks))
        more = _("cũ nhất từ ngày %(day)s") % {"day": dates.show(monday)}
        yield len(weeks), text, more, f"{url('register_week', unit)}?week={monday.isoformat()}"


def _school(actor: Actor) -> Iterator[tuple[int, str, str, str]]:
    count = RegisterWeek.objects.filter(homeroom_at__isnull=False, head_at=None).count()
    if count:
        text = ngettext("sổ tuần chờ ban giám hiệu kí", "sổ tuần chờ ban giám hiệu kí", count)
        yield count, text, "", url("register")


def _behind(actor: Actor) -> Iterator[tuple[int, str, str, str]]:
    """Own classes, and those of the group's subjects."""
    seen = sight(actor)
    if not (seen.taught or seen.subjects):
        return
    found = [s for s in streams(actor.on, **seen.of_own_work()) if seen.own(s) or s.subject.pk in seen.subjects]
    late = [s for s in found if s.behind >= LATE]
    if late:
        worst = max(late, key=lambda s: s.behind)
        text = ngettext("lớp chậm chương trình từ hai tiết", "lớp chậm chương trình từ hai tiết", len(late))
        more = _("%(what)s chậm %(n)d tiết") % {"what": f"{worst.name} {worst.unit.name}", "n": worst.behind}
        yield len(late), text, more, f"{url('progress')}?late=1"
