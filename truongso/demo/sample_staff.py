"""The staff list of the joining school, its assignments as schools write them: "Toán 6B1, 6B2; HĐTN 6B1 (CN)"."""

from __future__ import annotations

from truongso.demo.crafts import CRAFTS
from truongso.demo.drafts import Human, Plan
from truongso.demo.names import BOY
from truongso.demo.sample_book import Sheet, Value
from truongso.demo.sample_pupils import SCHOOL, plain
from truongso.demo.staff import Team
from truongso.lib.dates import show

HEADS = (
    "STT", "Mã định danh Bộ GD&ĐT", "Mã cán bộ", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Vị trí việc làm",
    "Tổ chuyên môn", "Trình độ", "Môn dạy", "Hợp đồng", "Chuẩn nghề nghiệp", "Điện thoại", "Email",
    "Phân công giảng dạy", "Chủ nhiệm lớp",
)  # fmt: skip
_WRITTEN = {
    ("toan", ""): "Toán", ("ngu-van", ""): "Ngữ văn", ("tieng-anh", ""): "Tiếng Anh", ("gdcd", ""): "GDCD",
    ("ls-dl", "Lịch sử"): "LS&ĐL (Sử)", ("ls-dl", "Địa lí"): "LS&ĐL (Địa)", ("khtn", "Vật lí"): "KHTN (Lí)",
    ("khtn", "Hoá học"): "KHTN (Hoá)", ("khtn", "Sinh học"): "KHTN (Sinh)", ("khtn", "Trái Đất và bầu trời"): "KHTN (Trái Đất)",
    ("cong-nghe", ""): "Công nghệ", ("tin-hoc", ""): "Tin học", ("gdtc", ""): "GDTC", ("nghe-thuat", "Âm nhạc"): "Âm nhạc",
    ("nghe-thuat", "Mĩ thuật"): "Mĩ thuật", ("hdtn", ""): "HĐTN", ("gddp", ""): "GDĐP",
}  # fmt: skip


def staff(plan: Plan, team: Team) -> Sheet:
    homeroom = {who: name for name, who in team.homeroom.items()}
    rows: list[list[Value]] = []
    for who, craft in team.teachers:
        assert who.staff is not None and who.born is not None
        rows.append([
            len(rows) + 1, who.sector_code, who.staff["local_code"], who.name, show(who.born),
            "Nam" if who.gender == BOY else "Nữ", who.national_number, "Giáo viên", f"Tổ {CRAFTS[craft].group}",
            who.staff["qualification"], who.staff["teaches"], who.staff["contract"], who.staff["standard"],
            who.contact["phone"], who.contact["email"], assigned(plan, who, homeroom.get(who, "")), homeroom.get(who, ""),
        ])  # fmt: skip
    titles = (*SCHOOL, f"DANH SÁCH CÁN BỘ, GIÁO VIÊN NĂM HỌC {plan.year}")
    return Sheet("CBGV", titles, (plain(HEADS),), rows, ("Hiệu trưởng", "(Đã kí)"))


def assigned(plan: Plan, who: Human, own: str) -> str:
    """One line: subject, then its classes; the own class of a homeroom teacher with (CN)."""
    classes: dict[str, list[str]] = {}
    for lesson in plan.lessons:
        if lesson.who is who:
            classes.setdefault(_WRITTEN[lesson.subject, lesson.part], []).append(lesson.place.name)
    return "; ".join(
        f"{subject} {', '.join(f'{c} (CN)' if subject == 'HĐTN' and c == own else c for c in names)}"
        for subject, names in classes.items()
    )
