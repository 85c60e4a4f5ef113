"""The lines that the structure itself has on the page "Nhà trường"."""

from django.utils.translation import gettext_lazy as _

from truongso.school.access import READERS
from truongso.school.hub import Entry

LINES = (
    Entry(
        "school_profile",
        _("Thông tin nhà trường"),
        _("Tên, xã, tỉnh, mã trường, cơ quan chủ quản"),
        "structure",
        READERS,
        10,
    ),
    Entry("school_campuses", _("Điểm trường"), _("Những nơi trường dạy học"), "structure", READERS, 20),
    Entry("school_calendar", _("Năm học và lịch"), _("Học kì, tuần, ngày nghỉ, ngày dạy bù"), "structure", READERS, 30),
    Entry("school_bells", _("Giờ học"), _("Giờ vào, giờ ra của từng tiết"), "structure", READERS, 40),
    Entry("school_subjects", _("Môn học"), _("Tên, cách đánh giá, các phần của môn"), "structure", READERS, 50),
    Entry("school_periods", _("Số tiết"), _("Cả năm và mỗi tuần, theo khối"), "structure", READERS, 60),
    Entry("school_groups", _("Tổ chuyên môn"), _("Môn phụ trách và tổ trưởng"), "structure", READERS, 70),
    Entry("school_classes", _("Lớp của năm học"), _("Khối, buổi, điểm trường, chủ nhiệm"), "structure", READERS, 80),
)
