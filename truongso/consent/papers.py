"""Consent on paper and in sheets: the form to sign or to keep, the class's table, the lines the clerk ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from truongso.consent import queries, rules
from truongso.consent.models import Channel, PurposeVersion
from truongso.documents.pdf import render_typst
from truongso.lib import dates
from truongso.lib.sheets import Column, Table
from truongso.people.models import Person, Unit
from truongso.school import queries as school

TEMPLATE = Path(__file__).parent / "typst" / "consent.typ"


def state_word(state: rules.State) -> str:
    return {
        rules.State.YES: _("đồng ý"), rules.State.NO: _("không đồng ý"), rules.State.MISSING: _("chưa đủ trả lời")
    }[state]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One possible signature: `name` is that of its field."""

    child: Person
    signer: Person
    relation: str
    name: str
    given: bool | None


def paper_rows(unit: Unit, version: PurposeVersion, day: date) -> list[list[Line]]:
    """Pupil by pupil, who may have signed: legal guardians, and the pupil where that is asked."""
    people = queries.pupils(unit, day)
    found = queries.sheet([p.pk for p in people], day, [version])
    rows = []
    for child in people:
        age, said = rules.age_on(child.birth_date, day), found.said(child, version)
        lines = []
        if rules.asks_guardian(age):
            for g in found.guardians.get(child.pk, ()):
                given = said.guardians.get(g.guardian_id)
                lines.append(
                    Line(child, g.guardian, g.relation, f"a{child.pk}-{g.guardian_id}", given.agrees if given else None)
                )
        if rules.asks_pupil(version.discloses, age):
            pupil = said.pupil.agrees if said.pupil else None
            lines.append(Line(child, child, _("học sinh"), f"a{child.pk}-{child.pk}", pupil))
        rows.append(lines)
    return [row for row in rows if row]


def class_table(unit: Unit, day: date) -> Table:
    people = queries.pupils(unit, day)
    found = queries.sheet([p.pk for p in people], day)
    columns = [Column(_("Họ và tên"), 28)] + [
        column for v in found.asked for column in (Column(v.title, 20), Column(_("Ai trả lời"), 44))
    ]
    rows = [
        [p.full_name, *(x for v in found.asked for x in (state_word(found.verdict(p, v).state), _who(found, p, v)))]
        for p in people
    ]
    return Table(
        unit.name,
        columns,
        rows,
        _("Đồng ý về dữ liệu, lớp %(name)s, ngày %(day)s") % {"name": unit.name, "day": dates.show(day)},
    )


def _who(found: queries.Sheet, child: Person, version: PurposeVersion) -> str:
    said = found.said(child, version)
    everybody = [*said.guardians.values(), *([said.pupil] if said.pupil else [])]
    return "; ".join(
        _("%(name)s: %(what)s, %(day)s, %(how)s")
        % {
            "name": a.by.full_name, "what": _("đồng ý") if a.agrees else _("không đồng ý"), "day": dates.show(a.day),
            "how": Channel(a.channel).label,
        }
        for a in everybody
    )  # fmt: skip


def forms_pdf(people: Sequence[tuple[Person, Unit]], day: date, *, filled: bool) -> bytes:
    """One form a pupil, each from a new page (PDF/A). Blank boxes to sign, or what was said, by whom and when."""
    profile = school.profile()
    found = queries.sheet([p.pk for p, _unit in people], day)
    data = {
        "parent": school.managing_body(day).upper(), "school": (profile.name or "Trường Số").upper(), "place": profile.place,
        "day": {"d": f"{day.day:02d}", "m": f"{day.month:02d}" if day.month < 3 else str(day.month), "y": str(day.year)},
        "filled": filled,
        "forms": [_form(found, child, unit, filled) for child, unit in people],
    }  # fmt: skip
    return render_typst(TEMPLATE, data, archival=True)


def _form(found: queries.Sheet, child: Person, unit: Unit, filled: bool) -> dict[str, Any]:
    age = rules.age_on(child.birth_date, found.day)
    return {
        "name": child.full_name,
        "unit": unit.name,
        "born": dates.show(child.birth_date) if child.birth_date else "",
        "both": any(rules.asks_pupil(v.discloses, age) for v in found.asked),
        "purposes": [
            {
                "title": v.title, "text": v.text, "data": v.which_data, "kept": v.kept, "version": v.number,
                "pupil": rules.asks_pupil(v.discloses, age), "guardian": rules.asks_guardian(age),
                "state": state_word(found.verdict(child, v).state) if filled else "",
                "said": _who(found, child, v) if filled else "",
            }
            for v in found.asked
        ],
    }  # fmt: skip
