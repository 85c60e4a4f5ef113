"""What waits on Hôm nay about the class register: lines to sign, weeks to sign, classes that fall behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from truongso.curriculum.access import headed
from truongso.lib import dates
from truongso.people.actor import Actor
from truongso.people.roles import Role
from truongso.timetable import layout
from truongso.timetable.queries.ask import ask
from truongso.timetable.queries.behind import behind
from truongso.timetable.queries.gaps import count_unsigned
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
    count, oldest = count_unsigned(actor.person_id)
    if oldest:
        text = ngettext("tiết chưa kí sổ đầu bài", "tiết chưa kí sổ đầu bài", count)
        yield count, text, _("cũ nhất ngày %(day)s") % {"day": dates.show(oldest)}, url("register_sign")


# Weeks of the own classes that are over and that neither the homeroom teacher nor the head has signed: the oldest, and how
# many there are.
_WEEKS = """
    WITH w AS (SELECT DISTINCT unit_id, day - (extract(isodow FROM day)::int - 1) AS monday FROM timetable_period
                WHERE unit_id = ANY(%(own)s) AND state = 'planned' AND day < %(this)s AND day >= %(first)s)
    SELECT unit_id, monday, count(*) OVER () FROM w
     WHERE NOT EXISTS (SELECT 1 FROM timetable_registerweek r WHERE r.unit_id = w.unit_id AND r.monday = w.monday
                          AND (r.homeroom_at IS NOT NULL OR r.head_at IS NOT NULL))
     ORDER BY monday, unit_id LIMIT 1
"""


def _weeks(actor: Actor, own: frozenset[int]) -> Iterator[tuple[int, str, str, str]]:
    this = layout.monday(actor.on)
    for unit, monday, count in ask(_WEEKS, own=list(own), this=this, first=this - timedelta(weeks=40)):  # one, or none
        text = ngettext("tuần chờ chủ nhiệm kí sổ", "tuần chờ chủ nhiệm kí sổ", count)
        more = _("cũ nhất từ ngày %(day)s") % {"day": dates.show(monday)}
        yield count, text, more, f"{url('register_week', unit)}?week={monday.isoformat()}"


_FOR_THE_HEAD = "SELECT count(*) FROM timetable_registerweek WHERE homeroom_at IS NOT NULL AND head_at IS NULL"


def _school(actor: Actor) -> Iterator[tuple[int, str, str, str]]:
    [(count,)] = ask(_FOR_THE_HEAD)
    if count:
        text = ngettext("sổ tuần chờ ban giám hiệu kí", "sổ tuần chờ ban giám hiệu kí", count)
        yield count, text, "", url("register")


def _behind(actor: Actor) -> Iterator[tuple[int, str, str, str]]:
    """Own classes, and those of the group's subjects."""
    if late := behind(actor.person_id, headed(actor), actor.on, LATE):
        text = ngettext("lớp chậm chương trình từ hai tiết", "lớp chậm chương trình từ hai tiết", late.count)
        more = _("%(what)s chậm %(n)d tiết") % {"what": f"{late.subject} {late.unit}", "n": late.periods}
        yield late.count, text, more, f"{url('progress')}?late=1"
