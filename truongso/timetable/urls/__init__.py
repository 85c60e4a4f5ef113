"""The addresses of the timetable, a module a part."""

from truongso.timetable.urls import bring, grid, links, modes, periods, register, rolls, share, week

urlpatterns = [
    *grid.urlpatterns,
    *bring.urlpatterns,
    *share.urlpatterns,
    *periods.urlpatterns,
    *modes.urlpatterns,
    *links.urlpatterns,
    *rolls.urlpatterns,
    *register.urlpatterns,
    *week.urlpatterns,
]
