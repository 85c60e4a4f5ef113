"""A small school to try: fictional, the same every time. Issue by issue it grows."""

from __future__ import annotations

import json
import sys
import time as clock
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from truongso.lib.dates import school_year
from truongso.notify.actions import send_notice
from truongso.notify.audience import Audience
from truongso.people.actions.accounts import issue_account
from truongso.people.actions.persons import add_person, set_codes
from truongso.people.actions.roles import add_guardian, assign_role
from truongso.people.actor import actor_for
from truongso.people.models import Account, Person, Unit, UnitKind
from truongso.people.roles import NEEDS_SECOND_FACTOR, Role
from truongso.school.actions import save_profile, set_managing_body
from truongso.school.models import SchoolProfile
from truongso.supervisor.say import say

PASSWORD = "binh-minh-2026"  # noqa: S105 (printed on purpose: this school is made up)
SCHOOL = "Trường THCS Bình Minh"
STAFF: tuple[tuple[str, tuple[Role, ...], str], ...] = (
    ("Trần Văn Minh", (Role.HEAD,), ""),
    ("Phạm Thị Hoa", (Role.DEPUTY,), ""),
    ("Lê Quang Dũng", (Role.GROUP_HEAD, Role.TEACHER), "Toán – Tin"),
    ("Đinh Thu Trang", (Role.GROUP_HEAD, Role.TEACHER), "Văn – Sử – Địa"),
    ("Đặng Thu Hương", (Role.HOMEROOM, Role.TEACHER), "8A2"),
    ("Bùi Hồng Sơn", (Role.HOMEROOM, Role.TEACHER), "7A1"),
    ("Vũ Thị Mai", (Role.TEACHER,), ""),
    ("Lý Minh Tuấn", (Role.TEACHER,), ""),
    ("Hà Thị Ngọc", (Role.TEACHER,), ""),
    ("Cao Đức Thịnh", (Role.TEACHER,), ""),
    ("Ngô Thị Thu", (Role.CLERK,), ""),
    ("Hoàng Hải Nam", (Role.IT_ADMIN, Role.TEACHER), ""),
    ("Đỗ Quốc Việt", (Role.INSPECTOR,), ""),
)
CLASSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("8A2", ("Nguyễn Khánh An", "Lê Gia Bảo", "Trần Bảo Châu", "Phạm Minh Đăng", "Vũ Hải Đông", "Hoàng Thu Giang", "Bùi Ngọc Hân",
             "Đỗ Quang Huy", "Ngô Khánh Linh", "Đặng Tuấn Minh", "Lý Thảo Nguyên", "Mai Anh Thư")),
    ("7A1", ("Nguyễn Khánh Bình", "Trịnh Mai Chi", "Phan Tiến Dũng", "Lê Ánh Dương", "Cao Đức Hiếu", "Trần Gia Khiêm", "Hà Bảo Lâm",
             "Vũ Hoài Nam", "Phạm Yến Nhi", "Đinh Hoàng Phúc", "Bùi Minh Quân", "Nguyễn Khánh Vy")),
)  # fmt: skip
FAMILIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Nguyễn Thị Lan", "mẹ", ("Nguyễn Khánh An", "Nguyễn Khánh Bình", "Nguyễn Khánh Vy")),  # three children, one phone
    ("Lê Văn Hải", "bố", ("Lê Gia Bảo",)),
    ("Trần Quốc Khánh", "bố", ("Trần Bảo Châu",)),
    ("Phạm Thị Nga", "mẹ", ("Phạm Minh Đăng",)),
    ("Vũ Thị Mai", "mẹ", ("Vũ Hải Đông",)),  # a teacher here, and a mother here
    ("Trịnh Công Tâm", "bố", ("Trịnh Mai Chi",)),
    ("Phan Thị Thuỷ", "mẹ", ("Phan Tiến Dũng",)),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    role: str
    login: str
    password: str
    name: str
    totp_secret: str
    totp_now: str


def load() -> bool:
    """Make the demo school in an empty install; False when there is a school already. All or nothing."""
    with transaction.atomic():
        if SchoolProfile.objects.exists() or Person.objects.exists():
            return False
        _make(timezone.localdate())
    return True


def _make(today: date) -> None:
    year = school_year(today)
    start = date(int(year[:4]), 8, 1)
    save_profile(
        by=None, name=SCHOOL, short_name="THCS Bình Minh", place="Bình Minh", code="THCSBM",
        phone="0228 3 888 120",
    )  # fmt: skip
    set_managing_body(by=None, name="Ủy ban nhân dân xã Bình Minh", first=date(2025, 7, 1))
    during = DateRange(start, start.replace(year=start.year + 1))
    units = {
        name: Unit.objects.create(kind=UnitKind.CLASS, name=name, school_year=year, during=during)
        for name, _ in CLASSES
    }
    for _name, roles, unit in STAFF:
        if Role.GROUP_HEAD in roles:
            units[unit] = Unit.objects.create(kind=UnitKind.GROUP, name=unit, during=DateRange(start, None))
    hashed = make_password(PASSWORD)
    people: dict[str, Person] = {}
    for name, roles, unit in STAFF:
        people[name] = add_person(by=None, full_name=name)
        for role in roles:
            needs = units[unit] if role in {Role.GROUP_HEAD, Role.HOMEROOM} else None
            assign_role(by=None, person=people[name], role=role, unit=needs, first=start)
        _account(people[name], "", hashed)
    number = 0
    for class_name, names in CLASSES:
        for name in names:
            number += 1
            pupil = people[name] = add_person(by=None, full_name=name, birth_date=_birthday(start, class_name, number))
            set_codes(by=None, person=pupil, sector_code=f"36{number:08d}", why_none="")
            assign_role(by=None, person=pupil, role=Role.PUPIL, unit=units[class_name], first=start)
            _account(pupil, class_name, hashed, came_in=number % 5 != 0)
    for name, relation, children in FAMILIES:
        if name not in people:
            people[name] = add_person(by=None, full_name=name)
            _account(people[name], "", hashed)
        for child in children:
            add_guardian(by=None, guardian=people[name], child=people[child], relation=relation, first=start)
    _notices(people["Trần Văn Minh"])


def _birthday(start: date, class_name: str, number: int) -> date:
    age = int(class_name[0]) + 5
    return date(start.year - age, 1 + number % 12, 1 + (number * 7) % 28)


def _account(person: Person, class_name: str, hashed: str, *, came_in: bool = True) -> Account:
    account = issue_account(by=None, person=person, class_name=class_name)
    changes = {"password": hashed, "must_change_password": False}
    if came_in:
        changes["first_signed_in_at"] = timezone.now()
    Account.objects.filter(pk=account.pk).update(**changes)
    if actor_for(account).roles & NEEDS_SECOND_FACTOR:
        TOTP.activate(account, secret_of(account.login))
    return account


def secret_of(login: str) -> str:
    """The same second factor every time, so that a visitor can be told how to come in: only of this made-up school."""
    import base64
    from hashlib import sha256

    return base64.b32encode(sha256(b"demo" + login.encode()).digest()[:20]).decode()


def _notices(head: Person) -> None:
    by = actor_for(Account.objects.select_related("person").get(person=head))
    send_notice(
        by=by, title="Thứ Ba học trực tuyến ở nhà",
        body="Do bão, cả trường học trực tuyến thứ Ba và thứ Tư theo quyết định số 47. Gia đình chuẩn bị máy và mạng cho con.",
        to=Audience(roles=frozenset({Role.PUPIL, Role.GUARDIAN, Role.TEACHER})), must_read=True,
        deadline=timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), time(18, 0))),
    )  # fmt: skip
    send_notice(by=by, title="Họp tổ chuyên môn chiều thứ Năm", body="14:00 tại phòng hội đồng.", to=Audience.staff())


def sign_ins() -> list[SignIn]:
    """Who can come in as what, the second factor's present code included."""
    found = []
    accounts = {a.person.full_name: a for a in Account.objects.select_related("person")}
    by_role: dict[str, list[str]] = {}
    for name, roles, _unit in STAFF:
        by_role.setdefault(roles[0].value, []).append(name)
    by_role[Role.PUPIL.value] = [name for _, names in CLASSES for name in names]
    by_role[Role.GUARDIAN.value] = [name for name, _, _ in FAMILIES]
    for role, names in by_role.items():
        for name in names:
            account = accounts.get(name)
            if account is None or not account.check_password(PASSWORD):
                continue
            factor = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).exists()
            secret = secret_of(account.login) if factor else ""
            found.append(SignIn(role, account.login, PASSWORD, name, secret, code_now(secret) if secret else ""))
    return found


def code_now(secret: str) -> str:
    counter = int(clock.time()) // 30
    return str(format_hotp_value(hotp_value(secret, counter)))


def demo(*, accounts: bool = False, as_json: bool = False) -> int:
    """`truongso demo`: load when empty; `--accounts` lists the sign-ins, one a role (all with --json)."""
    made = load()
    if not accounts:
        sys.stdout.write(
            say("Đã tạo trường mẫu.\n", "The demo school was made.\n") if made
            else say("Đã có dữ liệu, không tạo lại trường mẫu.\n", "There is data already; nothing was made.\n")
        )  # fmt: skip
        return 0
    found = sign_ins()
    if as_json:
        listed = [{k: getattr(s, k) for k in SignIn.__slots__} for s in found]
        sys.stdout.write(json.dumps(listed, ensure_ascii=False, indent=1) + "\n")
        return 0
    shown: set[str] = set()
    for sign_in in found:
        if sign_in.role in shown:
            continue
        shown.add(sign_in.role)
        second = (
            f"  {say('mã lớp hai', 'second factor')}: {sign_in.totp_now} (truongso demo --accounts)"
            if sign_in.totp_secret
            else ""
        )
        label = str(Role(sign_in.role).label)
        sys.stdout.write(f"  {label:<22} {sign_in.login:<14} {sign_in.password}{second}\n")
    return 0
