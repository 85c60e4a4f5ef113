"""A file becomes a draft: read, compare, answer, commit, take back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit
from truongso.intake.book import Refused
from truongso.people.actor import Actor
from truongso.school.actions.subjects import seed_subjects
from truongso.school.models import SchoolYear, Subject, Week
from truongso.timetable import access, rules
from truongso.timetable.actions.versions import create_version
from truongso.timetable.bringing import files
from truongso.timetable.bringing.lesson import Lesson
from truongso.timetable.bringing.plan import Plan
from truongso.timetable.bringing.said import Reading, pack
from truongso.timetable.bringing.school import School, load
from truongso.timetable.clashes import told
from truongso.timetable.models import BringState, Entry, TimetableFile, TimetableVersion, VersionState
from truongso.timetable.queries.bring import base_for, free_name, plan_for

LOCK = 5_120_002


def insist(by: Actor | None) -> None:
    if by is not None:
        access.insist(rules.may_plan(by))


def read(
    given: list[tuple[str, bytes]], *, first: date | None = None, year: SchoolYear | None = None
) -> tuple[Reading, School]:
    """What the files say, and the school on the day from which it shall hold. Raises Refused. Writes nothing."""
    today = timezone.localdate()
    named = year or (SchoolYear.objects.on(first).first() if first else None) or _year(today)
    if named is None:
        raise Refused(_("Trường chưa có năm học cho ngày này. Xin lập năm học trước."))
    school = load(named, _within(named, first or today))
    if not school.classes:
        raise Refused(_("Trường chưa có lớp nào năm học %(year)s. Xin lập các lớp trước.") % {"year": named.name})
    reading = files.read(given, school.knows(), today=today)
    said = date.fromisoformat(reading.first) if reading.first else None
    begins = first or first_day(named, said, today)
    if _within(named, begins) != school.first:
        school = load(named, _within(named, begins))  # who teaches then, and how much a week in that term
    school.first = begins
    return reading, school


def ready() -> None:
    """A school that has no subjects yet gets those of the programme, before anything is written that names them."""
    if not Subject.objects.exists():
        seed_subjects(by=None)


def _within(year: SchoolYear, day: date) -> date:
    first: date = year.during.lower
    last: date = year.last_day
    return min(max(day, first), last)


def _year(today: date) -> SchoolYear | None:
    """The year of today, else the next to come, else the newest."""
    coming = SchoolYear.objects.filter(during__startswith__gt=today).order_by("during").first()
    return SchoolYear.objects.on(today).first() or coming or SchoolYear.objects.order_by("-during").first()


def first_day(year: SchoolYear, said: date | None, today: date) -> date:
    """The day that the file names; else the next Monday of teaching."""
    if said and year.during.lower <= said < year.during.upper:
        return said
    weeks = Week.objects.filter(year=year)
    coming = weeks.filter(first_day__gt=today).order_by("first_day").first() or weeks.order_by("first_day").first()
    return (
        coming.first_day
        if coming
        else max(year.during.lower, min(today + timedelta(days=7 - today.weekday()), year.last_day))
    )


@transaction.atomic
def take_file(*, by: Actor, given: list[tuple[str, bytes]]) -> TimetableFile:
    """Read files and keep what they say. Raises Refused."""
    insist(by)
    ready()
    reading, school = read(given)
    made = TimetableFile.objects.create(
        name=" + ".join(name for name, _content in given)[:200], sha256=_hash(given), year=school.year,
        title=free_name(school.year, reading.title), first=school.first, base=base_for(school.year, school.first),
        reading=pack(reading), by_id=by.person_id,
    )  # fmt: skip
    audit.record(by, "timetable.take_file", obj=made)
    return made


def _hash(given: list[tuple[str, bytes]]) -> str:
    return sha256(b"".join(content for _name, content in sorted(given))).hexdigest()


@transaction.atomic
def settle(
    *, by: Actor, file: TimetableFile, title: str, first: date, base: TimetableVersion | None, keep: bool
) -> TimetableFile:
    """What the draft is called, when it begins, what it is compared with."""
    insist(by)
    held = _open(file)
    if not held.year.during.lower <= first < held.year.during.upper:
        raise ValidationError({"first": _("Ngày này không nằm trong năm học %(year)s.") % {"year": held.year.name}})
    held.title, held.first, held.base, held.keep = title, first, base, keep
    held.save(update_fields=["title", "first", "base", "keep"])
    return held


@transaction.atomic
def answer(*, by: Actor, file: TimetableFile, answers: Mapping[str, str]) -> None:
    """What a word of the file means, for all its cells; an empty answer takes the earlier one back."""
    insist(by)
    held = _open(file)
    made = held.answers | {k[:200]: v[:40] for k, v in answers.items()}
    held.answers = {k: v for k, v in made.items() if v}
    held.save(update_fields=["answers"])


def _open(file: TimetableFile) -> TimetableFile:
    held = TimetableFile.objects.select_for_update().select_related("year").get(pk=file.pk)
    if held.state != BringState.CHECKED:
        raise ValidationError(_("Tệp này đã thành bản nháp rồi."))
    return held


@transaction.atomic
def commit(*, by: Actor, file: TimetableFile, digest: str) -> TimetableVersion:
    """Make the draft that the page showed. Raises ValidationError when it would no longer be the same."""
    insist(by)
    held = _open(file)
    school, plan = plan_for(held)
    if plan.digest() != digest:
        raise ValidationError(
            _("Dữ liệu của trường đã thay đổi từ lúc kiểm tra. Đã kiểm tra lại: xin xem lại rồi lập bản nháp.")
        )
    version = make_draft(by=by, school=school, plan=plan, name=held.title, first=held.first)
    held.state, held.version = BringState.COMMITTED, version
    held.save(update_fields=["state", "version"])
    return version


@transaction.atomic
def make_draft(*, by: Actor | None, school: School, plan: Plan, name: str, first: date) -> TimetableVersion:
    """A draft with the right lessons of the plan and what it carries over; the wrong ones are left out, as it says."""
    insist(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if not plan.good:
        raise ValidationError(_("Chưa có tiết nào đúng để lập thời khoá biểu."))
    version = create_version(by=by, year=school.year, name=name, first=first)
    keys: dict[object, UUID] = {}
    rows = [_entry(version, one, keys) for one in plan.good]
    rows += [
        Entry(
            version=version, unit_id=k.slot[0], weekday=k.slot[1], shift=k.slot[2], number=k.slot[3], subject_id=k.subject,
            part_id=k.part, label=k.label, person_id=k.person, room_id=k.room, lesson=k.lesson,
        )
        for k in plan.kept
    ]  # fmt: skip
    with told():
        Entry.objects.bulk_create(rows, batch_size=1000)
    audit.record(by, "timetable.bring", obj=version, detail={"lessons": plan.counts(), "kept": len(plan.kept)})
    return version


def _entry(version: TimetableVersion, one: Lesson, keys: dict[object, UUID]) -> Entry:
    """Classes that the file teaches together share a lesson, when they share the teacher or the room too."""
    unit, weekday, shift, number = one.slot or (0, 0, "", 0)
    shared = one.said.joint and (one.person or one.room)
    key = (
        keys.setdefault((one.said.joint, weekday, shift, number, one.subject, one.person, one.room), uuid4())
        if shared
        else uuid4()
    )
    return Entry(
        version=version, unit_id=unit, weekday=weekday, shift=shift, number=number, subject_id=one.subject or 0,
        part_id=one.part, label=one.label, person_id=one.person, room_id=one.room, lesson=key,
    )  # fmt: skip


@transaction.atomic
def take_back(*, by: Actor, file: TimetableFile) -> None:
    """Delete the draft made from a file, unless it is in force; the check is open again."""
    insist(by)
    held = TimetableFile.objects.select_for_update().get(pk=file.pk)
    version = TimetableVersion.objects.select_for_update().filter(pk=held.version_id or 0).first()
    if version is not None and version.state != VersionState.DRAFT:
        raise ValidationError(_("Thời khoá biểu này đã áp dụng, không xoá được nữa. Xin lập bản mới thay cho nó."))
    if version is not None:
        audit.record(by, "timetable.take_back", obj=version)
        version.delete()
    held.state, held.version = BringState.CHECKED, None
    held.save(update_fields=["state", "version"])


@transaction.atomic
def drop(*, by: Actor, file: TimetableFile) -> None:
    """Forget a file; a draft made from it stays."""
    insist(by)
    audit.record(by, "timetable.drop_file", obj=file)
    TimetableFile.objects.filter(pk=file.pk).delete()
