"""The reverse of an import: the school's lists in the layouts of the programs that schools also use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from truongso.intake import look, world
from truongso.intake.data import load
from truongso.intake.known import SENSITIVE
from truongso.intake.plan_guardians import relation
from truongso.lib import vi
from truongso.lib.dates import school_year
from truongso.lib.sheets import Column, Table, workbook
from truongso.people import sealed
from truongso.people.models import Person
from truongso.people.roles import Role
from truongso.roster.models import TeachingAssignment

LAYOUTS = ("sector", "smas", "vnedu", "simple")
_GENDER = {"f": "Nữ", "m": "Nam", "": ""}
_SIDES = {"bố": "father", "mẹ": "mother"}


def export(
    *, layout: str, class_name: str | None = None, staff: bool = False, sensitive: bool = True, year: str = ""
) -> tuple[bytes, int]:
    """(.xlsx, how many people). `sensitive` False leaves out what the reader has no right to (ethnicity)."""
    known = look.load(year=year or school_year(timezone.localdate()), today=timezone.localdate())
    shape = load("layouts")["staff" if staff else layout]
    found = list(_staff(known) if staff else _pupils(known, class_name, sensitive))
    rows = [[values.get(name, "") if name else "" for _label, name in shape["columns"]] for values in found]
    title = "\n".join(shape["title"]).format(year=known.year)
    columns = [Column(label, 24 if "ên" in label else 14) for label, _name in shape["columns"]]
    table = Table(
        _("Cán bộ, giáo viên") if staff else class_name or _("Học sinh"), columns, rows, title.replace("\n", " - ")
    )
    return workbook(table), len(rows)


def _pupils(known: world.World, class_name: str | None, sensitive: bool) -> Iterator[dict[str, Any]]:
    wanted = vi.fold(class_name) if class_name else None
    places = []
    for pk in known.places:
        place = known.place(pk)
        if place is None or place.unit is None or place.unit.school_year != known.year:
            continue
        if place.during.upper is not None and place.during.upper <= known.day:
            continue
        if wanted is None or vi.fold(place.unit.name) == wanted:
            places.append((place.unit, known.people[pk]))
    places.sort(key=lambda p: (vi.collate(p[0].name), p[1].sort_key, p[1].pk))
    for number, (unit, person) in enumerate(places, 1):
        klass = known.class_rows.get(unit.pk)
        record = known.pupils.get(person.pk)
        values = _person(known, person) | {
            "ordinal": number, "class_name": unit.name, "grade": klass.grade if klass else "", "status": "Đang học",
            "local_code": record.local_code if record else "", "birth_place": getattr(record, "birth_place", ""),
            "home_town": getattr(record, "home_town", ""), "residence": getattr(record, "residence", ""),
        }  # fmt: skip
        if sensitive and (raw := known.sensitive.get(person.pk)):
            for name in SENSITIVE:
                if kept := getattr(raw, f"{name}_sealed"):
                    values[name] = sealed.unseal(kept, use=f"{name}:{person.pk}")
        for standing in known.guardians.get(person.pk, []):
            side = _SIDES.get(relation(standing.relation), "guardian")
            if f"{side}.full_name" not in values:
                values |= {f"{side}.{k}": v for k, v in _person(known, known.people[standing.guardian_id]).items()}
        yield values


def _person(known: world.World, person: Person) -> dict[str, Any]:
    contact = known.contacts.get(person.pk)
    return {
        "full_name": person.full_name, "birth_date": person.birth_date, "gender": _GENDER[person.gender],
        **{c: sealed.unseal(raw, use=c) for c in ("sector_code", "national_number") if (raw := getattr(person, f"{c}_sealed"))},
        **{n: str(getattr(contact, n) or "") for n in ("phone", "other_phone", "email", "address", "occupation", "birth_year") if contact},
    }  # fmt: skip


def _staff(known: world.World) -> Iterator[dict[str, Any]]:
    teaches: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    held = TeachingAssignment.objects.on(known.day).filter(unit__school_year=known.year)
    for row in held.select_related("unit", "subject", "part").order_by("subject__order", "unit__name"):
        word = f"{row.subject.short_name} ({row.part.short_name})" if row.part else row.subject.short_name
        teaches[row.person_id][word].append(row.unit.name)
    homes = {
        r.person_id: r.unit.name
        for rows in known.homeroom.values()
        for r in rows
        if r.unit and r.unit.school_year == known.year
    }
    people = sorted(
        (known.people[pk] for pk in known.staff_ids() if Role.INSPECTOR.value not in known.roles.get(pk, ())),
        key=lambda p: (p.sort_key, p.pk),
    )
    for number, person in enumerate(people, 1):
        record = known.staff.get(person.pk)
        yield _person(known, person) | {
            "ordinal": number, "local_code": getattr(record, "local_code", "") or "",
            **{n: getattr(record, n, "") for n in ("qualification", "teaches", "contract", "standard")},
            "position": next((p.title for p in known.positions.get(person.pk, [])), ""),
            "group": next((g.unit.name for g in known.groups.get(person.pk, [])), ""),
            "teaching": "; ".join(f"{word} {', '.join(names)}" for word, names in teaches[person.pk].items()),
            "homeroom": homes.get(person.pk, ""),
        }  # fmt: skip
