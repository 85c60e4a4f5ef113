"""Files that a page hands out at once: made for this answer, never stored."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from truongso.lib import vi
from truongso.lib.sheets import Table, workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(content: bytes, *, name: str, content_type: str, inline: bool = False) -> HttpResponse:
    """`name` may be Vietnamese; old browsers get it folded. Never kept by a cache: it may hold people's data."""
    plain = vi.fold(name).replace(" ", "-").replace('"', "")
    how = "inline" if inline else "attachment"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
            "Cache-Control": "no-store",
        },
    )


def excel(name: str, *tables: Table) -> HttpResponse:
    """An .xlsx file called `name` (without the ending)."""
    return download(workbook(*tables), name=f"{name}.xlsx", content_type=XLSX)
