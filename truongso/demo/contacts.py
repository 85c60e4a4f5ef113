"""How to reach people who do not exist: numbers that look right and belong to nobody.

Telephones begin with 0500, which no network has; national numbers with 099, which is no province.
"""

from __future__ import annotations

from datetime import date

from truongso.lib import vi
from truongso.lib.dice import Dice
from truongso.people.models import Gender

HAMLETS = ("Đông", "Đoài", "Trung", "Thượng", "Hạ", "Nam Hải", "Bắc Sơn", "Liên Minh", "Tân Tiến")
COMMUNE, PROVINCE = "xã Bình Minh", "tỉnh Sông Xanh"
JOBS = {
    "Làm ruộng": 24, "Công nhân": 26, "Buôn bán nhỏ": 14, "Thợ xây": 6, "Lái xe": 5, "May mặc": 7, "Nội trợ": 4,
    "Nhân viên văn phòng": 6, "Kinh doanh": 5, "Thợ điện": 3, "Nuôi trồng thuỷ sản": 4, "Lao động tự do": 10,
    "Y tá": 2, "Bộ đội": 2, "Đi làm ở nước ngoài": 3,
}  # fmt: skip
_MEN_ONLY, _WOMEN_ONLY = {"Thợ xây", "Lái xe", "Thợ điện", "Bộ đội"}, {"Nội trợ", "May mặc", "Y tá"}


class Contacts:
    """`lot` keeps the numbers of another set of people apart from these."""

    def __init__(self, lot: int = 0) -> None:
        self.lot = lot
        self._phones = self._serial = self._codes = self._pupils = 0

    def sector_code(self) -> str:
        """Ten digits; the hand-written pupils come first (36 00000001 to 24), so the others start behind them."""
        self._codes += 1
        return f"36{self.lot * 100_000 + 1000 + self._codes:08d}"

    def serial(self) -> int:
        """The next number of the pupils' register."""
        self._pupils += 1
        return self._pupils

    def national_number(self, born: date, gender: str) -> str:
        """Twelve digits, built as the law says: province, century and sex, year, serial."""
        self._serial += 1
        century = (born.year // 100 - 19) * 2 + (gender == Gender.FEMALE)
        return f"09{9 - self.lot}{century}{born.year % 100:02d}{self._serial:06d}"

    def phone(self) -> str:
        self._phones += 1
        return f"050{self.lot}{self._phones:06d}"

    def address(self, dice: Dice) -> str:
        return f"Xóm {dice.between(1, 9)}, thôn {dice.pick(HAMLETS)}, {COMMUNE}, {PROVINCE}"

    def job(self, dice: Dice, gender: str) -> str:
        other = _WOMEN_ONLY if gender == Gender.MALE else _MEN_ONLY
        return dice.weighed({job: weight for job, weight in JOBS.items() if job not in other})

    def of_staff(self, dice: Dice, name: str) -> dict[str, str]:
        words = vi.fold(name).split()
        local = words[-1] + "".join(word[0] for word in words[:-1])
        phone = self.phone()
        return {"phone": phone, "email": f"{local}{phone[-3:]}@thcsbinhminh.example", "address": self.address(dice)}
