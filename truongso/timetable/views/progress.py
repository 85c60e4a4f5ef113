"""Progress by the programme: what a person looks after, and one class's subject period by period."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from truongso.lib.sheets import Column, Table
from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.people.roles import STAFF, Role
from truongso.timetable.models import Period
from truongso.timetable.progress_access import ProgressSight, sight
from truongso.timetable.queries import progress as reads
from truongso.timetable.queries.progress import Stream
from truongso.ui.charts import Bar, bars
from truongso.ui.downloads import excel

READERS = (*STAFF, Role.INSPECTOR)
LATE = 2  # periods from which a delay is pointed out
MOST_BARS = 24


def _wanted(request: Request, seen: ProgressSight) -> tuple[list[Stream], list[Stream]]:
    """All that the actor sees, and of it what the filters ask for."""
    visible = [s for s in reads.streams(request.actor.on, **seen.bounds()) if seen.sees(s)]
    asked, found = request.GET, visible
    if asked.get("mine"):
        found = [s for s in found if seen.own(s)]
    if asked.get("grade", "").isdecimal():
        found = [s for s in found if str(s.grade) == asked["grade"]]
    if asked.get("class", "").isdecimal():
        found = [s for s in found if str(s.unit.pk) == asked["class"]]
    if asked.get("subject", "").isdecimal():
        found = [s for s in found if str(s.subject.pk) == asked["subject"]]
    if asked.get("late"):
        found = [s for s in found if s.behind >= LATE]
    return visible, found


@allow(*READERS)
def progress(request: Request) -> HttpResponse:
    """Class by class and subject by subject: done, planned by now, behind or ahead."""
    seen = sight(request.actor)
    visible, found = _wanted(request, seen)
    page = {
        "found": found, "chart": _chart(found) if found else "", "any": bool(visible),
        "late": sum(s.behind >= LATE for s in found), "mine": any(seen.own(s) for s in visible) and not all(seen.own(s) for s in visible),
        "grades": sorted({s.grade for s in visible}),
        "units": {s.unit.pk: s.unit.name for s in visible}, "subjects": {s.subject.pk: s.subject.name for s in visible},
        "asked": {k: request.GET.get(k, "") for k in ("grade", "class", "subject", "mine", "late")}, "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "timetable/progress.html", page)


def _chart(found: Sequence[Stream]) -> str:
    late = sum(s.behind >= LATE for s in found)
    finding = (
        ngettext("%(num)s môn của lớp chậm từ hai tiết trở lên.", "%(num)s môn của lớp chậm từ hai tiết trở lên.", late) % {"num": late}
        if late else _("Không lớp nào chậm từ hai tiết trở lên.")
    )  # fmt: skip
    if len(found) <= MOST_BARS:
        rows = [
            Bar(f"{s.unit.name} {s.part.short_name if s.part else s.subject.short_name}", s.percent, f"{s.progress.done}/{s.progress.planned}")
            for s in found
        ]  # fmt: skip
    else:
        rows = [
            Bar(name, 100 * done / planned if planned else 100, f"{100 * done // planned if planned else 100} %")
            for name, done, planned in reads.by_subject(found)
        ]
    full = max(100.0, *(row.value for row in rows))
    return bars(_("Số tiết đã dạy, trên số tiết theo thời khoá biểu đến nay"), finding, rows, threshold=100, full=full)


@allow(*READERS)
def progress_export(request: Request) -> HttpResponse:
    _visible, found = _wanted(request, sight(request.actor))
    columns = [
        Column(_("Lớp"), 10), Column(_("Môn"), 28), Column(_("Giáo viên"), 34), Column(_("Cả năm"), 10), Column(_("Đến nay"), 10),
        Column(_("Đã dạy"), 10), Column(_("Chậm (+), nhanh (-)"), 18), Column(_("Chưa kí"), 10), Column(_("Nghỉ chưa bù"), 14),
        Column(_("Ngoài chương trình"), 18), Column(_("Bài lẽ ra đã dạy"), 80, wrap=True),
    ]  # fmt: skip
    rows = [
        (
            s.unit.name, s.name, ", ".join(s.teachers), s.progress.total, s.progress.planned, s.progress.done, s.behind,
            s.unsigned, s.owed, s.off, "; ".join(f"{x.lesson.title} ({x.missing})" for x in s.progress.late),
        )
        for s in found
    ]  # fmt: skip
    name = _("Tiến độ chương trình")
    return excel(f"{name} {request.actor.on.isoformat()}", Table(name, columns, rows, name))


ROWS = {"planned": reads.PLANNED, "done": Q(register__lesson__isnull=False) & reads.HELD, "unsigned": reads.UNSIGNED,
        "owed": reads.OWED, "off": reads.OFF}  # fmt: skip


@allow(*READERS)
def progress_class(request: Request, unit_pk: int, subject_pk: int, part_pk: int) -> HttpResponse:
    """One class's subject (part 0: all of it): the lessons that are late, and the periods that each figure counts."""
    seen = sight(request.actor)
    found = [s for s in reads.streams(request.actor.on, units=[unit_pk], subjects=[subject_pk]) if seen.sees(s)]
    stream = next((s for s in found if (s.part.pk if s.part else 0) == part_pk), None)
    if stream is None:
        raise Http404
    show = request.GET.get("rows", "")
    rows = _rows(request, stream).filter(ROWS[show]) if show in ROWS else _rows(request, stream)
    page = {"s": stream, "rows": rows, "show": show if show in ROWS else "", "alone": len(found) == 1}
    return render(request, "timetable/progress_class.html", page)


def _rows(request: Request, stream: Stream) -> QuerySet[Period]:
    found = reads.year_periods(request.actor.on).filter(unit=stream.unit, subject=stream.subject)
    if stream.part:
        found = found.filter(part=stream.part)
    return found.select_related("register", "person").order_by("-span")
