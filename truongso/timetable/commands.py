"""`truongso import timetable FILE [FILE2]`: a dry run unless told to write; the same manner as the import of people."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation

from truongso.intake.book import Refused
from truongso.lib.dates import NotADate, parse
from truongso.school.models import SchoolYear
from truongso.supervisor.given import content_of
from truongso.supervisor.say import Stop, english, say
from truongso.timetable.actions import bring
from truongso.timetable.actions.versions import publish_version
from truongso.timetable.bringing import report
from truongso.timetable.bringing.files import MOST_BYTES
from truongso.timetable.bringing.plan import Plan, make_plan
from truongso.timetable.bringing.said import Reading
from truongso.timetable.bringing.school import School
from truongso.timetable.models import TimetableVersion
from truongso.timetable.queries.bring import base_for, free_name, standing_of


def import_timetable(
    paths: list[str], *, name: str | None, first: str | None, year: str | None, write: bool, publish: bool, keep: bool, as_json: bool
) -> int:  # fmt: skip
    """0 when something could be taken, also when all is there already; 1 when nothing could, or the file is refused."""
    translation.activate("en" if english() else "vi")
    reading: Reading | None = None
    school: School | None = None
    plan: Plan | None = None
    base = version = None
    refused: str | None = None
    title = name or ""
    try:
        if publish and not write:
            raise Stop("--publish đi cùng --commit.", "--publish goes with --commit.")
        given = [(Path(path).name, content_of(Path(path), MOST_BYTES)) for path in paths]
        with transaction.atomic():
            if write:
                bring.ready()
            reading, school = bring.read(given, first=_day(first), year=_year(year))
            base = base_for(school.year, school.first)
            plan = make_plan(reading, school, standing_of(base), {}, keep=keep)
            title = name or free_name(school.year, reading.title)
            if write and plan.good:
                version = _write(plan, school, base, title, publish)
    except (Refused, ValidationError) as error:
        refused = error.why if isinstance(error, Refused) else " ".join(error.messages)
        version = None
    except Stop as stop:
        refused = stop.sentence
    said = report.as_json(
        [Path(path).name for path in paths], reading.kind if reading else None, plan, school, committed=version is not None,
        published=version is not None and publish, version=version, base=base, name=title, refused=refused,
    )  # fmt: skip
    if as_json:
        sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=1, default=str) + "\n")
    else:
        _tell(said)
    return 0 if refused is None and plan is not None and plan.good else 1


def _write(plan: Plan, school: School, base: TimetableVersion | None, name: str, publish: bool) -> TimetableVersion:
    """A draft; a file that says just what the other timetable says already makes none."""
    if base is not None and not plan.anything:
        plan.notes.append(
            say(
                f"“{base.name}” đã đúng như tệp, không lập bản mới.",
                f"“{base.name}” says the same already; no new one was made.",
            )
        )
        version = base
    else:
        version = bring.make_draft(by=None, school=school, plan=plan, name=name, first=school.first)
    if publish and version.state == "draft":
        publish_version(by=None, version=version, first=school.first)
        version.refresh_from_db()
    return version


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return parse(text, today=timezone.localdate())
    except NotADate:
        raise Stop(
            f"“{text}” không phải là ngày. Xin viết như 05/09/2026.", f"“{text}” is no day. Write it as 05/09/2026."
        ) from None


def _year(text: str | None) -> SchoolYear | None:
    found = SchoolYear.objects.filter(name=text).first() if text else None
    if text and found is None:
        raise Stop(f"Trường chưa có năm học {text}.", f"The school has no year {text}.")
    return found


def _tell(said: dict[str, Any]) -> None:
    out = sys.stdout.write
    if said["refused"]:
        sys.stderr.write(f"{said['refused']}\n")
        return
    c, version = said["counts"]["lessons"], said["version"]
    if not said["committed"]:
        done = say("Chạy thử, chưa ghi gì", "Dry run, nothing was written")
    elif said["published"]:
        done = say(
            f"Đã áp dụng “{version['name']}” từ {version['first']}",
            f"“{version['name']}” is in force from {version['first']}",
        )
    else:
        done = say(f"Bản nháp “{version['name']}”", f"Draft “{version['name']}”")
    base = said["compared_with"]
    against = say(f" So với “{base['name']}”.", f" Compared with “{base['name']}”.") if base else ""
    out(f"{said['file']}: {done}. {say('Năm học', 'School year')} {said['year']}.{against}\n")
    out(
        f"  {say('tiết', 'lessons')}: {say('mới', 'new')} {c['new']}, {say('thay đổi', 'changed')} {c['changed']}, {say('như cũ', 'same')} {c['same']}, {say('sai', 'wrong')} {c['wrong']}\n"
    )
    if said["gone"]:
        n = len(said["gone"])
        out(
            f"  {say(f'{n} tiết của bản so sánh không có trong tệp', f'{n} lessons of the other timetable are not in the file')}\n"
        )
    for wrong in said["wrong"]:
        place = wrong["cell"] or f"{say('hoạt động', 'activity')} {wrong['row']}"
        out(f"  {wrong['sheet']} {place}, {wrong['column']}: “{wrong['value']}”. {wrong['reason']}\n")
    for clash in said["clashes"]:
        out(f"  {say('Trùng giờ', 'Clash')}: {clash['text']}\n")
    for text in [*said["warnings"], *said["notes"]]:
        out(f"  {text}\n")
