"""The hand-written people, by whom guides, tests and pictures know this school. Add to them; never change them."""

from __future__ import annotations

from dataclasses import dataclass

from truongso.people.models import Gender
from truongso.people.roles import Role

PASSWORD = "binh-minh-2026"  # noqa: S105 (printed on purpose: this school is made up)
SCHOOL = "Trường THCS Bình Minh"
MATHS, LETTERS, SCIENCE, ARTS, OFFICE = (
    "Toán – Tin", "Văn – Sử – Địa", "Khoa học tự nhiên – Công nghệ", "Ngoại ngữ – Nghệ thuật – Thể chất", "Văn phòng"
)  # fmt: skip
MAN, WOMAN = Gender.MALE.value, Gender.FEMALE.value


@dataclass(frozen=True, slots=True)
class Staff:
    """`craft` is what the person teaches (see crafts.py) or the post in the office; empty: not of the school."""

    name: str
    gender: str
    born: int
    roles: tuple[Role, ...]
    craft: str = ""
    unit: str = ""  # the class looked after, or the group headed


STAFF: tuple[Staff, ...] = (
    Staff("Trần Văn Minh", MAN, 1972, (Role.HEAD,), "gdcd"),
    Staff("Phạm Thị Hoa", WOMAN, 1978, (Role.DEPUTY,), "toan"),
    Staff("Lê Quang Dũng", MAN, 1979, (Role.GROUP_HEAD, Role.TEACHER), "toan", MATHS),
    Staff("Đinh Thu Trang", WOMAN, 1981, (Role.GROUP_HEAD, Role.TEACHER), "van", LETTERS),
    Staff("Đặng Thu Hương", WOMAN, 1986, (Role.HOMEROOM, Role.TEACHER), "toan", "8A2"),
    Staff("Bùi Hồng Sơn", MAN, 1984, (Role.HOMEROOM, Role.TEACHER), "su", "7A1"),
    Staff("Vũ Thị Mai", WOMAN, 1985, (Role.TEACHER,), "van"),
    Staff("Lý Minh Tuấn", MAN, 1988, (Role.TEACHER,), "ly"),
    Staff("Hà Thị Ngọc", WOMAN, 1991, (Role.TEACHER,), "anh"),
    Staff("Cao Đức Thịnh", MAN, 1990, (Role.TEACHER,), "theduc"),
    Staff("Ngô Thị Thu", WOMAN, 1983, (Role.CLERK,), "Văn thư"),
    Staff("Hoàng Hải Nam", MAN, 1989, (Role.IT_ADMIN, Role.TEACHER), "tin"),
    Staff("Đỗ Quốc Việt", MAN, 1975, (Role.INSPECTOR,)),
)
CLASSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("8A2", ("Nguyễn Khánh An", "Lê Gia Bảo", "Trần Bảo Châu", "Phạm Minh Đăng", "Vũ Hải Đông", "Hoàng Thu Giang", "Bùi Ngọc Hân",
             "Đỗ Quang Huy", "Ngô Khánh Linh", "Đặng Tuấn Minh", "Lý Thảo Nguyên", "Mai Anh Thư")),
    ("7A1", ("Nguyễn Khánh Bình", "Trịnh Mai Chi", "Phan Tiến Dũng", "Lê Ánh Dương", "Cao Đức Hiếu", "Trần Gia Khiêm", "Hà Bảo Lâm",
             "Vũ Hoài Nam", "Phạm Yến Nhi", "Đinh Hoàng Phúc", "Bùi Minh Quân", "Nguyễn Khánh Vy")),
)  # fmt: skip
GIRLS = frozenset(
    ("Nguyễn Khánh An", "Trần Bảo Châu", "Hoàng Thu Giang", "Bùi Ngọc Hân", "Ngô Khánh Linh", "Lý Thảo Nguyên",
     "Mai Anh Thư", "Trịnh Mai Chi", "Lê Ánh Dương", "Phạm Yến Nhi", "Nguyễn Khánh Vy")
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
NAMES = frozenset(
    [s.name for s in STAFF] + [n for _, names in CLASSES for n in names] + [name for name, _, _ in FAMILIES]
)
