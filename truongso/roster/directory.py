"""Finding people: by any part of a name without accents and in any order, by login, telephone, code; filtered; by right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from truongso.lib import vi
from truongso.people import sealed
from truongso.people.actor import Actor
from truongso.people.models import Account, Guardianship, Person, RoleAssignment, role_label
from truongso.people.roles import STAFF, Role
from truongso.roster import queries, rules
from truongso.roster.models import GroupMember, Position

PAGE = 50
_WORDS = 8  # of a search; more only slow it down


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked for; empty parts mean all. `role` is a Role, or "staff"."""

    text: str = ""
    role: str = ""
    unit: int | None = None
    grade: int | None = None
    group: int | None = None
    position: str = ""


def visible(actor: Actor) -> QuerySet[Person]:
    """Whom the actor finds: everybody for those who read the lists, else the pupils of the own and the taught classes, and
    the families of the own one."""
    people = Person.objects.all()
    if actor.has(*rules.READERS):
        return people
    classes = queries.taught_by(actor.person_id, actor.on) | actor.units(Role.HOMEROOM)
    return people.filter(
        Q(pk=actor.person_id) | Q(Exists(_pupils(actor).filter(unit_id__in=classes))) | _own_family(actor)
    )


def find(actor: Actor, search: Search) -> QuerySet[Person]:
    """The people, in order: names that hold the words as typed, accents and all, before those that only sound so; among
    these, whose given name was typed before whose middle name it is."""
    found = _filtered(visible(actor), actor, search)
    words = vi.nfc(search.text).split()[:_WORDS]
    if not words:
        return found.order_by("sort_key", "pk")
    found = found.filter(_by_name(words) | _by_login(words) | _by_number(search.text, actor))
    exact, given = Q(), Q()
    for word in words:
        typed = word[0].upper() + word[1:].lower()
        exact &= Q(full_name__startswith=typed) | Q(full_name__contains=f" {typed}")
        given |= Q(search_text__endswith=f" {vi.fold(word)}")
    return found.annotate(rank=_first(exact), middle=_first(given)).order_by("rank", "middle", "sort_key", "pk")


def _first(fits: Q) -> Case:
    return Case(When(fits, then=Value(0)), default=Value(1), output_field=IntegerField())


def _by_name(words: Sequence[str]) -> Q:
    met = Q()
    for word in words:
        plain = vi.fold(word)
        met &= Q(search_text__startswith=plain) | Q(search_text__contains=f" {plain}")
    return met


def _by_login(words: Sequence[str]) -> Q:
    if len(words) != 1:
        return Q()
    plain = vi.fold(words[0])
    return Q(Exists(Account.objects.filter(person_id=OuterRef("pk"), login__startswith=plain)))


def _by_number(text: str, actor: Actor) -> Q:
    """Local codes as they are; the sector's code by its keyed hash; a telephone number for those who may see it."""
    code, plain = text.strip(), re.sub(r"[\s.()\-]", "", text)
    met = Q(pupil_record__local_code__iexact=code) | Q(staff_record__local_code__iexact=code)
    if not re.fullmatch(r"\+?\d{4,14}", plain):
        return met
    if len(plain) == 10:
        met |= Q(sector_code_hash=sealed.lookup(plain, use="sector_code"))
    called = Q(contact__phone__contains=plain) | Q(contact__other_phone__contains=plain)
    return met | (called if actor.has(*rules.KEEPERS) else called & _own_family(actor))


def _pupils(actor: Actor) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.on(actor.on).filter(role=Role.PUPIL, person_id=OuterRef("pk"))


def _own_family(actor: Actor) -> Q:
    own = actor.units(Role.HOMEROOM)
    if not own:
        return Q(pk__in=())
    pupils = RoleAssignment.objects.on(actor.on).filter(role=Role.PUPIL, unit_id__in=own)
    cares = Guardianship.objects.on(actor.on).filter(child_id__in=pupils.values("person_id"))
    return Q(pk__in=pupils.values("person_id")) | Q(pk__in=cares.values("guardian_id"))


def _filtered(found: QuerySet[Person], actor: Actor, search: Search) -> QuerySet[Person]:
    day = actor.on
    classes = RoleAssignment.objects.on(day).filter(role=Role.PUPIL)
    if search.unit:
        classes = classes.filter(unit_id=search.unit)
    if search.grade:
        named = Q(unit__school_class=None, unit__name__regex=rf"^{int(search.grade)}(\D|$)")
        classes = classes.filter(Q(unit__school_class__grade=search.grade) | named)
    if search.role == Role.GUARDIAN:
        cares = Guardianship.objects.on(day).filter(guardian_id=OuterRef("pk"))
        if search.unit or search.grade:
            cares = cares.filter(child_id__in=classes.values("person_id"))
        found = found.filter(Exists(cares))
    else:
        if search.unit or search.grade:
            found = found.filter(Exists(classes.filter(person_id=OuterRef("pk"))))
        if search.role:
            wanted = [r.value for r in STAFF] if search.role == "staff" else [search.role]
            held = RoleAssignment.objects.on(day).filter(person_id=OuterRef("pk"), role__in=wanted)
            found = found.filter(Exists(held))
    if search.group:
        inside = GroupMember.objects.filter(during__contains=day, unit_id=search.group, person_id=OuterRef("pk"))
        leads = RoleAssignment.objects.on(day).filter(
            role=Role.GROUP_HEAD, unit_id=search.group, person_id=OuterRef("pk")
        )
        found = found.filter(Exists(inside) | Exists(leads))
    if search.position:
        held_ = Position.objects.filter(during__contains=day, title=search.position, person_id=OuterRef("pk"))
        found = found.filter(Exists(held_))
    return found


@dataclass(frozen=True, slots=True)
class Row:
    person: Person
    roles: tuple[str, ...]
    children: tuple[str, ...]  # mẹ của Nguyễn Khánh An (8A2)
    phone: str

    @property
    def account(self) -> Account | None:
        return getattr(self.person, "account", None)


# What a row and the Excel file need of the three tables, and no sealed number.
_SHOWN = (
    "full_name", "birth_date", "gender", "account__login", "account__is_active", "account__first_signed_in_at",
    "contact__phone", "contact__other_phone",
)  # fmt: skip


def rows(found: QuerySet[Person], actor: Actor) -> list[Row]:
    """The people with what stands beside them in the list: four queries, however many they are."""
    people = list(found.select_related("account", "contact").only(*_SHOWN))
    ids = [p.pk for p in people]
    roles: dict[int, list[str]] = {}
    held = RoleAssignment.objects.on(actor.on).filter(person_id__in=ids).order_by("pk")
    for pk, role, unit in held.values_list("person_id", "role", "unit__name"):
        roles.setdefault(pk, []).append(role_label(role, unit))
    care: dict[int, list[tuple[str, int, str]]] = {}
    cares = Guardianship.objects.on(actor.on).filter(guardian_id__in=ids).order_by("child__sort_key")
    for pk, relation, child, name in cares.values_list("guardian_id", "relation", "child_id", "child__full_name"):
        care.setdefault(pk, []).append((relation, child, name))
    classes = dict(
        RoleAssignment.objects.on(actor.on)
        .filter(role=Role.PUPIL, person_id__in={child for listed in care.values() for _r, child, _n in listed})
        .values_list("person_id", "unit__name")
    )
    everybody = actor.has(*rules.KEEPERS)
    own = set() if everybody else set(Person.objects.filter(_own_family(actor)).values_list("pk", flat=True))
    reads = actor.has(*rules.READERS)
    return [
        Row(
            person=p,
            roles=tuple(roles.get(p.pk, ())),
            children=tuple(
                f"{relation} {name}" + (f" ({classes[child]})" if child in classes else "")
                for relation, child, name in care.get(p.pk, ())
                if reads or child in own or p.pk == actor.person_id
            ),
            phone=_phone(p) if everybody or p.pk in own or p.pk == actor.person_id else "",
        )
        for p in people
    ]


def _phone(person: Person) -> str:
    contact = getattr(person, "contact", None)
    return (contact.phone or contact.other_phone) if contact else ""
