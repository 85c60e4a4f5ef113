"""Who may be one person twice; two people side by side; where an old id leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.lib import dates
from truongso.people.actor import Actor, grants_on
from truongso.people.models import Guardianship, Person, RoleAssignment
from truongso.people.roles import Role
from truongso.people.rules import YES, Verdict
from truongso.roster.merge_references import references
from truongso.roster.models import MergedPerson

MOST = 100
_GUARDED = frozenset({Role.HEAD, Role.DEPUTY, Role.IT_ADMIN})
REASONS: dict[str, str | Promise] = {
    "birth": gettext_lazy("cùng họ tên và ngày sinh"),
    "phone": gettext_lazy("cùng tên và số điện thoại"),
    "family": gettext_lazy("cùng họ tên, cùng một con"),
}
# A phone alone proves nothing: mother and father often give the same one. So the given name must be the same as well.
_PAIRS = """
SELECT pairs.a, pairs.b, string_agg(DISTINCT pairs.why, ',') FROM (
    SELECT p.id AS a, q.id AS b, 'birth' AS why FROM people_person p
      JOIN people_person q ON q.search_text = p.search_text AND q.birth_date = p.birth_date AND q.id > p.id
    UNION ALL
    SELECT p.id, q.id, 'phone' FROM roster_contact x
      JOIN roster_contact y ON y.phone = x.phone AND y.person_id > x.person_id AND x.phone <> ''
      JOIN people_person p ON p.id = x.person_id JOIN people_person q ON q.id = y.person_id
     WHERE substring(p.search_text FROM '[^ ]+$') = substring(q.search_text FROM '[^ ]+$')
    UNION ALL
    SELECT p.id, q.id, 'family' FROM people_guardianship g
      JOIN people_guardianship h ON h.child_id = g.child_id AND h.guardian_id > g.guardian_id
      JOIN people_person p ON p.id = g.guardian_id
      JOIN people_person q ON q.id = h.guardian_id AND q.search_text = p.search_text
) AS pairs
 WHERE NOT EXISTS (SELECT 1 FROM roster_notduplicate n WHERE n.low_id = pairs.a AND n.high_id = pairs.b)
 GROUP BY pairs.a, pairs.b ORDER BY count(DISTINCT pairs.why) DESC, pairs.a, pairs.b LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Pair:
    one: Person
    other: Person
    reasons: tuple[str, ...]


def proposals() -> list[Pair]:
    """Likely duplicates, the likeliest first: two queries. Nothing is ever merged by itself."""
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, [MOST])
        found = cursor.fetchall()
    people = Person.objects.select_related("account").in_bulk({pk for a, b, _why in found for pk in (a, b)})
    return [Pair(people[a], people[b], tuple(str(REASONS[w]) for w in why.split(","))) for a, b, why in found]


def merge_verdict(actor: Actor, one: int, other: int) -> Verdict:
    """Head and IT admin; never oneself; whoever leads or administers the school only by the head: a merge hands rights on."""
    if not actor.has(Role.HEAD, Role.IT_ADMIN) or actor.acting_account_id is not None:
        return Verdict(False, _("Việc này của hiệu trưởng và người quản trị."))
    if one == other:
        return Verdict(False, _("Đây là cùng một hồ sơ."))
    if actor.person_id in {one, other}:
        return Verdict(False, _("Hồ sơ của chính mình thì xin nhờ người khác gộp."))
    held = {g.role for pk in (one, other) for g in grants_on(pk, actor.on)[0]}
    if held & _GUARDED and not actor.has(Role.HEAD):
        return Verdict(False, _("Hồ sơ của ban giám hiệu và người quản trị do hiệu trưởng gộp."))
    return YES


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the comparison. `choose`: both have something, and not the same."""

    key: str
    label: str | Promise
    kept: str
    gone: str
    choose: bool


_CARDS: tuple[tuple[str, str, str | Promise], ...] = (
    ("contact", "phone", gettext_lazy("Điện thoại")), ("contact", "other_phone", gettext_lazy("Điện thoại khác")),
    ("contact", "email", gettext_lazy("Thư điện tử")), ("contact", "address", gettext_lazy("Địa chỉ")),
    ("contact", "occupation", gettext_lazy("Nghề nghiệp")), ("contact", "birth_year", gettext_lazy("Năm sinh")),
    ("pupil_record", "local_code", gettext_lazy("Mã học sinh")), ("pupil_record", "birth_place", gettext_lazy("Nơi sinh")),
    ("pupil_record", "home_town", gettext_lazy("Quê quán")),
    ("pupil_record", "residence", gettext_lazy("Hộ khẩu thường trú")),
    ("staff_record", "local_code", gettext_lazy("Mã cán bộ")), ("staff_record", "contract", gettext_lazy("Hợp đồng")),
    ("staff_record", "qualification", gettext_lazy("Trình độ")),
    ("staff_record", "standard", gettext_lazy("Chuẩn nghề nghiệp")), ("staff_record", "teaches", gettext_lazy("Môn dạy")),
)  # fmt: skip
# Sealed: only said to be there, and chosen unseen; whoever merges need not be one who may read it.
_SEALED: tuple[tuple[str, str | Promise], ...] = (
    ("health", gettext_lazy("Sức khoẻ")), ("disability", gettext_lazy("Khuyết tật")),
    ("ethnicity", gettext_lazy("Dân tộc")), ("poverty", gettext_lazy("Hoàn cảnh")),
)  # fmt: skip
_SECRETS: tuple[tuple[str, str | Promise], ...] = (
    ("sector_code", gettext_lazy("Mã định danh của ngành")), ("national_number", gettext_lazy("Số định danh cá nhân")),
)  # fmt: skip


def compare(kept: Person, gone: Person) -> list[Compared]:
    """The facts of both side by side; codes are not shown, only whether they are there and the same."""
    lines = [
        _line("person.full_name", _("Họ và tên"), kept.full_name, gone.full_name),
        _line("person.birth_date", _("Ngày sinh"), _day(kept), _day(gone)),
        _line("person.gender", _("Giới tính"), _gender(kept), _gender(gone)),
    ]
    for name, label in _SECRETS:
        mine, other = (getattr(p, f"{name}_hash") for p in (kept, gone))
        differ = bool(mine and other and bytes(mine) != bytes(other))
        said = [_("có") if code else "" for code in (mine, other)]
        lines.append(
            Compared(f"person.{name}", label, said[0], said[1] + (" " + _("(khác)") if differ else ""), differ)
        )
    for card, name, label in _CARDS:
        key = f"{card.replace('_', '')}.{name}"
        lines.append(_line(key, label, _of_card(kept, card, name), _of_card(gone, card, name)))
    for name, label in _SEALED:
        has = [getattr(getattr(p, "sensitive", None), f"{name}_sealed", None) is not None for p in (kept, gone)]
        said = [_("có") if there else "" for there in has]
        lines.append(Compared(f"sensitiverecord.{name}_sealed", label, said[0], said[1], all(has)))
    return [line for line in lines if line.kept or line.gone]


def _line(key: str, label: str | Promise, mine: str, other: str) -> Compared:
    return Compared(key, label, mine, other, bool(mine and other and mine != other))


def _day(person: Person) -> str:
    return dates.show(person.birth_date) if person.birth_date else ""


def _gender(person: Person) -> str:
    return str(person.get_gender_display()) if person.gender else ""


def _of_card(person: Person, card: str, name: str) -> str:
    found: Any = getattr(person, card, None)
    return str(getattr(found, name) or "") if found is not None else ""


@dataclass(frozen=True, slots=True)
class Belongings:
    """What hangs on a person, as the page tells it."""

    roles: list[str]
    children: list[str]
    guardians: list[str]
    rows: int  # of all tables


def belongings(person: Person) -> Belongings:
    roles = RoleAssignment.objects.filter(person=person).select_related("unit").order_by("during")
    cares = Guardianship.objects.filter(guardian=person).select_related("child")
    cared = Guardianship.objects.filter(child=person).select_related("guardian")
    rows = sum(r.model._default_manager.filter(**{r.column: person.pk}).count() for r in references())
    return Belongings(
        [r.label for r in roles], [f"{g.relation}: {g.child.full_name}" for g in cares],
        [f"{g.relation}: {g.guardian.full_name}" for g in cared], rows,
    )  # fmt: skip


def merged_into(old: int) -> int | None:
    """Where an id leads that was merged away."""
    return MergedPerson.objects.filter(old_id=old).values_list("person_id", flat=True).first()


def old_names(ids: Iterable[int]) -> dict[int, str]:
    """Names for ids that the log still holds."""
    return dict(MergedPerson.objects.filter(old_id__in=list(ids)).values_list("old_id", "name"))


def old_ids(persons: Iterable[int]) -> list[int]:
    """The ids under which the log may know these people besides."""
    return list(MergedPerson.objects.filter(person_id__in=list(persons)).values_list("old_id", flat=True))
