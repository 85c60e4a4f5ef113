"""`truongso import people FILE` and `truongso export people FILE`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation

from truongso.intake import report
from truongso.intake.actions import runs
from truongso.intake.actions.commit import commit
from truongso.intake.book import Refused
from truongso.intake.plan import KINDS, Plan
from truongso.intake.source import Source, unpack
from truongso.lib.sheets.sniff import MOST_BYTES
from truongso.supervisor.given import content_of
from truongso.supervisor.say import Stop, english, say


def import_people(file: str, *, write: bool, as_json: bool, sheet: str | None, year: str | None) -> int:
    """Dry run, or with `write` the real thing. 0 when something could be imported, also when all is there already."""
    path = Path(file)
    translation.activate("en" if english() else "vi")
    source: Source | None = None
    plan: Plan | None = None
    refused: str | None = None
    try:
        content = content_of(path, MOST_BYTES)
        if write:
            run = runs.start_run(by=None, name=path.name)
            plan = runs.check(run=run, content=content, sheet=sheet, year=year or "")
            refused = run.refused or None
            source = unpack(runs.opened_json(run.source_sealed)) if plan else None
            if plan is not None and plan.anything:
                plan = commit(by=None, run=run)
                write = True
            else:
                write = False
        else:
            source, plan = _dry(content, path.name, sheet, year or "")
    except (Refused, ValidationError) as error:
        refused, write, plan = (error.why if isinstance(error, Refused) else " ".join(error.messages)), False, None
    except Stop as stop:
        refused, write = stop.sentence, False
    said = report.as_json(path.name, source, plan, committed=write, refused=refused)
    if as_json:
        sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=1, default=str) + "\n")
    else:
        _tell(said)
    return 0 if refused is None and plan is not None and plan.anything else 1


def _dry(content: bytes, name: str, sheet: str | None, year: str) -> tuple[Source, Plan]:
    from django.utils import timezone

    from truongso.intake.plan import make_plan

    source = runs.read(content, name=name, sheet=sheet)
    plan = make_plan(source, year=runs.year_for(source, year), today=timezone.localdate(), edits={}, answers={})
    plan.notes = [*source.notes, *(str(d["text"]) for d in source.doubtful)]
    return source, plan


def _tell(said: dict[str, Any]) -> None:
    out = sys.stdout.write
    if said["refused"]:
        sys.stderr.write(f"{said['refused']}\n")
        return
    names = {"pupils": say("học sinh", "pupils"), "guardians": say("phụ huynh", "guardians"), "classes": say("lớp", "classes"),
             "staff": say("cán bộ, giáo viên", "staff"), "teaching": say("phân công", "assignments")}  # fmt: skip
    done = (
        say("Đã ghi", "Imported") if said["committed"] else say("Chạy thử, chưa ghi gì", "Dry run, nothing was written")
    )
    out(f"{said['file']}: {done}. {say('Năm học', 'School year')} {said['year']}.\n")
    for kind in KINDS:
        found = said["counts"][kind]
        if any(found.values()):
            out(
                f"  {names[kind]:<20} {say('mới', 'new')} {found['new']}, {say('thay đổi', 'changed')} {found['changed']}, "
                f"{say('như cũ', 'same')} {found['same']}, {say('sai', 'wrong')} {found['wrong']}, {say('cần hỏi', 'to be asked')} {found['asked']}\n"
            )
    if said["created"]:
        made = say("Đã lập", "Made") if said["committed"] else say("Sẽ lập", "Will be made")
        out(f"  {made}: {', '.join(said['created'])}\n")
    for wrong in said["wrong"]:
        out(
            f"  {wrong['sheet']} {say('dòng', 'row')} {wrong['row']}, {wrong['column']}: “{wrong['value']}”. {wrong['reason']}\n"
        )
    for question in said["questions"]:
        out(f"  {question['sheet']} {say('dòng', 'row')} {question['row']}: {question['text']}\n")
    for note in said["notes"]:
        out(f"  {note}\n")
    if said["ignored_columns"]:
        out(f"  {say('Cột không đọc', 'Columns left out')}: {', '.join(said['ignored_columns'])}\n")


def export_people(file: str, *, layout: str, class_name: str | None, staff: bool) -> int:
    from truongso import audit
    from truongso.intake.export import export

    content, count = export(layout=layout, class_name=class_name, staff=staff)
    if not count:
        raise Stop("Chưa có ai để xuất.", "There is nobody to export.")
    try:
        Path(file).write_bytes(content)
    except OSError as error:
        raise Stop(
            f"Không ghi được tệp {file}: {error.strerror}", f"The file {file} cannot be written: {error.strerror}"
        ) from None
    audit.record(None, "intake.export", detail={"layout": "staff" if staff else layout, "count": count})
    sys.stdout.write(say(f"Đã xuất {count} người ra {file}\n", f"{count} people were exported to {file}\n"))
    return 0
