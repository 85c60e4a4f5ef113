"""`truongso demo --files FOLDER`: files as a school has them, of people who are not in the demo school yet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from truongso.demo.newcomers import newcomers
from truongso.demo.sample_book import book
from truongso.demo.sample_pupils import one_class, sector, smas, vnedu
from truongso.demo.sample_staff import staff
from truongso.demo.sample_wrong import wrong
from truongso.lib.dates import school_year
from truongso.supervisor.say import Stop, reason, say


def sample_files(year: str) -> dict[str, bytes]:
    """Name → content; the same bytes every time."""
    plan, team = newcomers(year)
    place = {p.name: p for p in plan.classes}
    nines = [one_class(plan, place[name], team.homeroom[name]) for name in ("9B1", "9B2")]
    return {
        "1 Học sinh khối 6 (CSDL ngành).xlsx": book(sector(plan, [place["6B1"], place["6B2"]])),
        "2 Học sinh khối 7 (SMAS).xlsx": book(smas(plan, [place["7B1"], place["7B2"]])),
        "3 Học sinh khối 8 (vnEdu).xlsx": book(vnedu(plan, [place["8B1"], place["8B2"]])),
        "4 Học sinh khối 9 (mỗi lớp một trang).xlsx": book(*nines),
        "5 Giáo viên và phân công.xlsx": book(staff(plan, team)),
        "6 Danh sách có lỗi.xlsx": book(wrong(plan, place["8B1"])),
    }


def write_files(folder: Path) -> list[Path]:
    """Write them, making the folder; raises Stop when it cannot, or when another file stands under one of the names."""
    made = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in sample_files(school_year(date.today())).items():
            path = folder / name
            if path.exists() and path.read_bytes() != content:
                raise Stop(
                    f"Trong {folder} đã có tệp khác tên “{name}”. Xin chọn một thư mục khác.",
                    f"{folder} holds another file named “{name}”. Choose another folder.",
                )
            path.write_bytes(content)
            made.append(path)
    except OSError as error:
        raise Stop(
            f"Không ghi được vào {folder}: {reason(error)}.", f"Cannot write into {folder}: {reason(error)}."
        ) from None
    return made


def files(folder: str) -> int:
    from sys import stdout

    for path in write_files(Path(folder).expanduser()):
        stdout.write(f"{path}\n")
    stdout.write(say("Đây là người của một trường khác, cũng không có thật.\n", "These are people of another school that does not exist either.\n"))  # fmt: skip
    return 0
