"""One file, two that belong together, or a zip of them, to what they say. Raises Refused with one sentence."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import PurePath
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from truongso.intake.book import Refused, open_book
from truongso.intake.text import shown
from truongso.lib.dates import NotADate, parse
from truongso.lib.sheets import Sheet
from truongso.timetable.bringing import fet, grid, listed
from truongso.timetable.bringing.said import Knows, Reading, Said

MOST_BYTES = 30 * 2**20
MOST_LESSONS = 20_000
_WHEN = re.compile(r"(?:áp dụng|thực hiện|bắt đầu|kể từ|từ ngày|từ)\D{0,30}?(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})(?:\s*(?:[/.-]|năm)\s*(\d{4}|\d{2}))?", re.I)  # fmt: skip
_NUMBERED = re.compile(r"(?:thời kh[oó][aá] biểu|tkb).{0,40}?\bsố\s*:?\s*(\d{1,3})\b", re.I)


def read(files: list[tuple[str, bytes]], knows: Knows, *, today: date) -> Reading:
    """Name and bytes of each file, in any order."""
    parts = [part for name, content in files for part in _unzipped(name, content)]
    trees = [(name, _tree(content)) for name, content in parts if _is_xml(content)]
    books = [(name, content) for name, content in parts if not _is_xml(content)]
    reading = Reading("fet" if trees else "grid")
    if trees:
        _read_fet(reading, trees, knows)
    for name, content in books:
        _read_book(reading, name, content, knows, today)
    if not reading.lessons:
        raise Refused(
            _(
                "Không thấy thời khoá biểu nào trong tệp. Cần một bảng có thứ, tiết và các lớp (hoặc tệp FET đã xếp xong)."
            )
        )
    if len(reading.lessons) > MOST_LESSONS:
        raise Refused(
            _("Tệp có hơn %(most)s tiết, không giống một thời khoá biểu của trường.") % {"most": MOST_LESSONS}
        )
    reading.title = reading.title or _("Thời khoá biểu từ tệp %(name)s") % {"name": PurePath(files[0][0]).stem[:40]}
    return reading


def _is_xml(content: bytes) -> bool:
    head = content[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    return head.startswith(b"<") and any(
        f"<{root}".lower().encode() in content[:4000].replace(b"\0", b"").lower() for root in fet.ROOTS
    )


def _tree(content: bytes) -> Element:
    if len(content) > fet.MOST_BYTES:
        raise Refused(_("Tệp FET này lớn quá %(most)s MB.") % {"most": fet.MOST_BYTES // 2**20})
    try:
        return fet.parse(content)
    except fet.NotFet as error:
        if error.why == "kind":
            raise Refused(_("Tệp XML này không phải của FET.")) from None
        raise Refused(_("Tệp FET này hỏng, không đọc được. Xin mở bằng FET, lưu lại rồi gửi lại.")) from None


def _unzipped(name: str, content: bytes) -> list[tuple[str, bytes]]:
    """The timetables inside a .zip; a workbook, which is a .zip too, stays whole."""
    if not content:
        raise Refused(_("Tệp trống, không có dòng nào. Xin chọn tệp khác."))
    if len(content) > MOST_BYTES:
        raise Refused(_("Tệp này lớn quá 30 MB. Xin chỉ giữ các trang cần nhập."))
    if not content.startswith(b"PK"):
        return [(name, content)]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = archive.infolist()
            if any(i.filename.startswith(("xl/", "word/", "ppt/")) or i.filename == "content.xml" for i in inside):
                return [(name, content)]
            wanted = [i for i in inside if _is_wanted(i.filename)]
            if any(i.flag_bits & 1 for i in wanted):
                raise Refused(_("Tệp nén này có mật khẩu. Xin nén lại không đặt mật khẩu rồi gửi lại."))
            if not wanted or len(wanted) > 20 or sum(i.file_size for i in wanted) > MOST_BYTES:
                raise Refused(_("Tệp nén này không có thời khoá biểu đọc được, hoặc có quá nhiều tệp. Xin gửi riêng tệp thời khoá biểu."))  # fmt: skip
            return _fet_only([(PurePath(i.filename).name, archive.read(i)) for i in wanted])
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError):
        raise Refused(_("Tệp nén này hỏng, không mở được. Xin nén lại rồi gửi lại.")) from None


def _is_wanted(name: str) -> bool:
    low = PurePath(name).name.lower()
    return low.endswith((".fet", ".xlsx", ".xls", ".ods", ".csv", "_activities.xml", "_subgroups.xml", "_groups.xml", "_teachers.xml")) and not low.startswith((".", "~"))  # fmt: skip


def _fet_only(parts: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """FET's results folder says one timetable in many files: the .fet with its solution is enough."""
    data = [p for p in parts if p[0].lower().endswith(".fet")]
    solved = [p for p in data if "data_and_timetable" in p[0].lower()]
    activities = [p for p in parts if p[0].lower().endswith("_activities.xml")]
    if data:
        return [(solved or data)[0], *activities[:1]]
    return [p for p in parts if p[0].lower().endswith("_subgroups.xml")] or parts


def _read_fet(reading: Reading, trees: list[tuple[str, Element]], knows: Knows) -> None:
    data = next(((n, t) for n, t in trees if t.tag == "fet"), None)
    solution = next((t for _n, t in trees if t.tag == "Activities_Timetable"), None)
    if data is not None:
        lessons = fet.of_data(data[1], solution, data[0], knows)
        if all(said.problem == "unplaced" for said in lessons):
            raise Refused(
                _("Tệp .fet này chưa có kết quả xếp. Xin gửi kèm tệp kết quả (…_activities.xml) mà FET xuất ra.")
            )
        reading.lessons += lessons
        reading.title = (
            (data[1].findtext("Comments") or "").strip()[:60]
            if _NUMBERED.search(data[1].findtext("Comments") or "")
            else ""
        )
        return
    if solution is not None and len(trees) == 1:
        raise Refused(_("Tệp này chỉ có ngày giờ, không có môn và lớp. Xin gửi cùng tệp .fet của nó."))
    for name, tree in trees:
        if tree.tag != "Activities_Timetable":
            reading.lessons += fet.of_timetable(tree, name, knows)


def _read_book(reading: Reading, name: str, content: bytes, knows: Knows, today: date) -> None:
    book = open_book(content)
    reading.notes += book.notes
    for number, sheet in enumerate(book.sheets, 1):
        if not any(shown(c) for row in sheet.rows for c in row):
            continue
        if sheet.hidden:
            reading.notes.append(_("Không đọc trang ẩn “%(name)s”.") % {"name": sheet.name})
            continue
        named = Sheet(sheet.name or (name if len(book.sheets) == 1 else str(number)), sheet.rows, sheet.merged)
        lessons = _lessons(reading, named, knows)
        reading.lessons += lessons
        if not lessons:
            reading.notes.append(_("Trang “%(name)s” không có thời khoá biểu.") % {"name": named.name})
        _titles(reading, named, today)


def _lessons(reading: Reading, sheet: Sheet, knows: Knows) -> list[Said]:
    as_list = listed.of_sheet(sheet, knows)
    if as_list is None:
        return grid.of_sheet(sheet, knows)
    reading.kind = "fet" if as_list[1] else "list"
    return as_list[0]


def _titles(reading: Reading, sheet: Sheet, today: date) -> None:
    """The number of the timetable and the day from which it holds, where a title says them."""
    for row in sheet.rows[:12]:
        text = " ".join(dict.fromkeys(filter(None, (shown(c) for c in row))))
        if not reading.title and (numbered := _NUMBERED.search(text)):
            reading.title = _("Thời khoá biểu số %(number)s") % {"number": numbered[1]}
        if not reading.first and (when := _WHEN.search(text)):
            said = "/".join(filter(None, when.groups()))
            try:
                reading.first = parse(said, today=today).isoformat()
            except NotADate:
                reading.notes.append(_("Không hiểu ngày áp dụng “%(text)s”.") % {"text": said})
