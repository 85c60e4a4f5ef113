"""The named cast of every page test: one small school, the same in each test, built by plain functions.

Two classes: 8A2 (homeroom: Hương; pupils An and Bảo) and 7A1 (homeroom: Sơn; pupil Chi). An's mother is Lan; she is
nobody else's guardian. A stranger is a signed-in pupil of no class.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from allauth.mfa.totp.internal.auth import TOTP
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from truongso.lib import vi
from truongso.people.models import Account, Guardianship, Person, Role, RoleAssignment, Unit, UnitKind

TOTP_SECRET = "JBSWY3DPEHPK3PXP"  # of the head and the IT admin
YEAR = DateRange(date(2020, 8, 1), date(2040, 8, 1))
PASSWORD = "binh-minh-8"


@dataclass(frozen=True)
class Cast:
    head: Account
    deputy: Account
    group_head: Account
    teacher: Account
    homeroom: Account
    other_homeroom: Account
    clerk: Account
    it_admin: Account
    inspector: Account
    pupil: Account
    classmate: Account
    other_pupil: Account
    guardian: Account
    stranger: Account
    class_8a2: Unit
    class_7a1: Unit
    group: Unit

    @property
    def accounts(self) -> dict[str, Account]:
        pairs = ((f.name, getattr(self, f.name)) for f in fields(self))
        return {name: value for name, value in pairs if isinstance(value, Account)}


def person(full_name: str) -> Person:
    return Person.objects.create(full_name=full_name, sort_key=vi.sort_key(full_name), search_text=vi.fold(full_name))


def account(full_name: str, login: str, *, must_change: bool = False) -> Account:
    made = Account(person=person(full_name), login=login, must_change_password=must_change)
    made.password = _hashed()
    made.save()
    return made


def assign(who: Account, role: Role, unit: Unit | None = None, during: DateRange = YEAR) -> RoleAssignment:
    return RoleAssignment.objects.create(person=who.person, role=role.value, unit=unit, during=during)


_hash = ""


def _hashed() -> str:
    """One Argon2 run a test session instead of one an account."""
    global _hash
    if not _hash:
        from django.contrib.auth.hashers import make_password

        _hash = make_password(PASSWORD)
    return _hash


def make_cast() -> Cast:
    class_8a2 = Unit.objects.create(kind=UnitKind.CLASS, name="8A2", school_year="2026-2027", during=YEAR)
    class_7a1 = Unit.objects.create(kind=UnitKind.CLASS, name="7A1", school_year="2026-2027", during=YEAR)
    group = Unit.objects.create(kind=UnitKind.GROUP, name="Toán – Tin", during=YEAR)
    cast = Cast(
        head=account("Trần Văn Minh", "minh.tv"),
        deputy=account("Phạm Thị Hoa", "hoa.pt"),
        group_head=account("Lê Quang Dũng", "dung.lq"),
        teacher=account("Vũ Thị Mai", "mai.vt"),
        homeroom=account("Đặng Thu Hương", "huong.dt"),
        other_homeroom=account("Bùi Hồng Sơn", "son.bh"),
        clerk=account("Ngô Thị Thu", "thu.nt"),
        it_admin=account("Hoàng Hải Nam", "nam.hh"),
        inspector=account("Đỗ Quốc Việt", "viet.dq"),
        pupil=account("Nguyễn Khánh An", "an.nk.8a2"),
        classmate=account("Lê Gia Bảo", "bao.lg.8a2"),
        other_pupil=account("Trịnh Mai Chi", "chi.tm.7a1"),
        guardian=account("Nguyễn Thị Lan", "lan.nt"),
        stranger=account("Phan Vô Danh", "danh.pv"),
        class_8a2=class_8a2,
        class_7a1=class_7a1,
        group=group,
    )
    assign(cast.head, Role.HEAD)
    assign(cast.deputy, Role.DEPUTY)
    assign(cast.group_head, Role.GROUP_HEAD, group)
    for staff in (cast.group_head, cast.teacher, cast.homeroom, cast.other_homeroom):
        assign(staff, Role.TEACHER)
    assign(cast.homeroom, Role.HOMEROOM, class_8a2)
    assign(cast.other_homeroom, Role.HOMEROOM, class_7a1)
    assign(cast.clerk, Role.CLERK)
    assign(cast.it_admin, Role.IT_ADMIN)
    assign(cast.inspector, Role.INSPECTOR)
    assign(cast.pupil, Role.PUPIL, class_8a2)
    assign(cast.classmate, Role.PUPIL, class_8a2)
    assign(cast.other_pupil, Role.PUPIL, class_7a1)
    for needs_two in (cast.head, cast.it_admin):
        TOTP.activate(needs_two, TOTP_SECRET)
    Guardianship.objects.create(guardian=cast.guardian.person, child=cast.pupil.person, relation="mẹ", during=YEAR)
    return cast


def client_of(who: Account) -> Client:
    """A browser signed in as this account, by the shortest way."""
    client = Client()
    client.force_login(who)
    return client
