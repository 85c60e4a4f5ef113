from __future__ import annotations

from django.http import Http404, HttpResponse

from truongso.people.http import Request
from truongso.people.policy import allow
from truongso.school.access import READERS
from truongso.school.exports import OF_A_YEAR, OF_THE_SCHOOL
from truongso.school.setup import BY_KEY
from truongso.school.views.calendar import chosen_year
from truongso.ui.downloads import excel


@allow(*READERS)
def export(request: Request, what: str) -> HttpResponse:
    """A structure page's tables as .xlsx (?year= for those of one year)."""
    year = chosen_year(request)
    if what in OF_THE_SCHOOL:
        tables = OF_THE_SCHOOL[what](year)
    elif what in OF_A_YEAR and year is not None:
        tables = OF_A_YEAR[what](year)
    else:
        raise Http404
    label = str(BY_KEY[what].label) if what in BY_KEY else tables[0].name
    return excel(f"{label} {year.name}" if year and what in OF_A_YEAR else label, *tables)
