"""The coverage of the survey, drawn."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from truongso.conditions.rules import Coverage, percent
from truongso.conditions.survey_queries import ClassCoverage
from truongso.ui.charts import Bar, Stack, bars, stacked


def charts(classes: list[ClassCoverage], total: Coverage) -> tuple[SafeString, ...]:
    """Devices by class (stacked), and pupils without a line by class."""
    devices = stacked(
        _("Máy để học, theo lớp"),
        _("%(answered)s%% đã trả lời; %(none)s em chưa có máy, %(shared)s em dùng máy chung.")
        % {"answered": percent(total.answered, total.pupils), "none": total.none, "shared": total.shared},
        [
            Stack(c.unit.name, (c.figures.own, c.figures.shared, c.figures.none, c.figures.silent), _shown(c.figures))
            for c in classes
        ],
        keys=(_("máy riêng"), _("máy dùng chung"), _("chưa có máy"), _("chưa trả lời")),
    )
    lines = bars(
        _("Em không có mạng ở nhà, theo lớp"),
        _("%(none)s em không có mạng, %(limited)s em chỉ có mạng di động giới hạn dung lượng.")
        % {"none": total.no_line, "limited": total.limited_line},
        [Bar(c.unit.name, c.figures.no_line, str(c.figures.no_line)) for c in classes],
        full=max(1, *(c.figures.pupils for c in classes)),
    )
    return devices, lines


def _shown(figures: Coverage) -> str:
    return f"{figures.answered}/{figures.pupils}"
