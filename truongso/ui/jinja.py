"""The Jinja2 environment of our pages: translations, cheap helpers, addresses."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined

from truongso.lib import dates, vi
from truongso.ui.assets import asset
from truongso.ui.fields import control, is_check, is_wide

_reverse_plain = cache(reverse)  # 18 us each time otherwise; the map of addresses never changes while we run


def url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args, kwargs=kwargs) if args or kwargs else _reverse_plain(name)


def show_date(value: date | datetime | None) -> str:
    """dd/mm/yyyy, in the school's time zone."""
    if value is None:
        return ""
    return dates.show(timezone.localtime(value).date() if isinstance(value, datetime) else value)


def show_moment(value: datetime | None) -> str:
    """14:05, 24/11/2026"""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{dates.show_time(local)}, {dates.show(local.date())}"


def show_number(value: int | float | Decimal) -> str:
    """Comma decimals, thin space between thousands."""
    text = f"{value:,}".replace(",", "\u2009").replace(".", ",")
    return text


def weekday(day: date) -> str:
    """Thứ Hai … Chủ nhật, translated."""
    names = (
        gettext("Thứ Hai"), gettext("Thứ Ba"), gettext("Thứ Tư"), gettext("Thứ Năm"),
        gettext("Thứ Sáu"), gettext("Thứ Bảy"), gettext("Chủ nhật"),
    )  # fmt: skip
    return names[day.weekday()]


def environment(**options: Any) -> Environment:
    """Called by Django's Jinja2 backend."""
    options.setdefault("undefined", StrictUndefined)
    options["trim_blocks"] = options["lstrip_blocks"] = True
    env = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], **options)  # noqa: S701 (the backend sets autoescape)
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(
        url=url, asset=asset, date=show_date, moment=show_moment, number=show_number, weekday=weekday,
        initials=vi.initials, control=control, is_check=is_check, is_wide=is_wide,
        time=lambda value: dates.show_time(timezone.localtime(value)), today=timezone.localdate,
    )  # fmt: skip
    return env
