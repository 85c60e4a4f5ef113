"""Why a row is not taken, in one sentence that says how to mend it; and which column it is about."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso.curriculum.annex.draft import LONGEST, Wrong

FIELDS: dict[str, str | Promise] = {
    "title": gettext_lazy("Bài học"),
    "periods": gettext_lazy("Số tiết"),
    "kind": gettext_lazy("Loại bài"),
    "week": gettext_lazy("Tuần"),
    "outcomes": gettext_lazy("Yêu cầu cần đạt"),
    "topic": gettext_lazy("Chủ đề"),
}
_COLUMN = {"no_title": "title"}


def sentence(wrong: Wrong) -> str:
    if wrong.reason == "no_title":
        return _("Dòng này có số tiết mà chưa có tên bài. Xin ghi tên bài.")
    if wrong.reason == "no_periods":
        return _("Bài này chưa có số tiết. Xin ghi số tiết.")
    if wrong.reason == "too_many_periods":
        return _("Một bài có từ 1 đến %(most)d tiết. Xin xem lại con số này.") % {"most": LONGEST}
    return _("Chưa hiểu số tiết này. Xin ghi một con số như 2, hoặc thứ tự tiết như 5-7.")


def column(wrong: Wrong) -> str:
    return str(FIELDS[_COLUMN.get(wrong.reason, "periods")])


def of_reason(reason: str) -> str:
    """The sentence of a reason alone, as a field of the preview says it."""
    return sentence(Wrong("", 0, 0, "", reason))
