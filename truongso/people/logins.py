"""Short logins and first passwords: made of a name, easy to read aloud, easy to type on a phone."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from truongso.lib import vi

# Plain syllables that sound one way only; 128 of them are 7 bits each.
_WORDS = [
    "ban",
    "ben",
    "bien",
    "bo",
    "buom",
    "but",
    "cam",
    "canh",
    "cao",
    "cau",
    "chim",
    "cho",
    "co",
    "con",
    "cua",
    "cung",
    "dao",
    "dat",
    "dau",
    "den",
    "dep",
    "dong",
    "dua",
    "em",
    "ga",
    "gan",
    "gao",
    "gio",
    "go",
    "gom",
    "hai",
    "ham",
    "hat",
    "hem",
    "hoa",
    "hoc",
    "hong",
    "hop",
    "ken",
    "keo",
    "kem",
    "khe",
    "khoai",
    "lan",
    "lang",
    "lanh",
    "lem",
    "leo",
    "lo",
    "loa",
    "lon",
    "long",
    "lua",
    "lum",
    "mai",
    "may",
    "me",
    "mi",
    "mia",
    "mo",
    "moc",
    "mong",
    "mua",
    "muoi",
    "nam",
    "nang",
    "nem",
    "nen",
    "ngoc",
    "ngon",
    "ngua",
    "nha",
    "nho",
    "nom",
    "non",
    "nui",
    "oi",
    "ong",
    "phao",
    "pho",
    "phong",
    "qua",
    "quat",
    "que",
    "ram",
    "rau",
    "re",
    "rong",
    "ruong",
    "sach",
    "sao",
    "sau",
    "sen",
    "sim",
    "soi",
    "song",
    "sua",
    "suoi",
    "ta",
    "tam",
    "tao",
    "tau",
    "tay",
    "tet",
    "thac",
    "tho",
    "thu",
    "tim",
    "tom",
    "tra",
    "trai",
    "tram",
    "trang",
    "tre",
    "trong",
    "tu",
    "tuoi",
    "vai",
    "vang",
    "ve",
    "ven",
    "vit",
    "voi",
    "vui",
    "vuon",
    "xa",
    "xanh",
    "xe",
    "xoai",
    "xom",
    "xu",
]


def stem(full_name: str, class_name: str = "") -> str:
    """Nguyễn Khánh An of 8A2 → "an.nk.8a2"; Vũ Thị Mai → "mai.vt"."""
    words = vi.fold(full_name).split()
    parts = [words[-1], "".join(word[0] for word in words[:-1])] if words else ["em"]
    if class_name:
        parts.append("".join(c for c in vi.fold(class_name) if c.isascii() and c.isalnum()))
    letters = ("".join(c for c in part if c.isascii() and c.isalnum()) for part in parts)
    return ".".join(part for part in letters if part)[:34] or "em"


def free_login(full_name: str, class_name: str, taken: Collection[str]) -> str:
    """The stem, or the stem with the first number that nobody has."""
    base = stem(full_name, class_name)
    if base not in taken:
        return base
    number = 2
    while f"{base}{number}" in taken:
        number += 1
    return f"{base}{number}"


def first_password() -> str:
    """Three syllables and two digits, as in "song-7-me-4-lua": about 30 bits, for one use, behind the lock-out."""
    words = [secrets.choice(_WORDS) for _ in range(3)]
    digits = [str(secrets.randbelow(8) + 2) for _ in range(2)]
    return f"{words[0]}-{digits[0]}-{words[1]}-{digits[1]}-{words[2]}"
