from django.urls import path

from truongso.timetable.views import cell, grid, publish, versions

urlpatterns = [
    path("timetables/", versions.timetables, name="timetables"),
    path("timetables/new/", versions.timetable_new, name="timetable_new"),
    path("timetables/<int:pk>/", grid.timetable, name="timetable"),
    path("timetables/<int:pk>/marks/", grid.timetable_marks, name="timetable_marks"),
    path("timetables/<int:pk>/act/", grid.timetable_act, name="timetable_act"),
    path("timetables/<int:pk>/undo/<str:token>/", grid.timetable_undo, name="timetable_undo"),
    path("timetables/<int:pk>/cell/<int:unit>/<str:slot>/", cell.timetable_cell, name="timetable_cell"),
    path("timetables/<int:pk>/edit/", versions.timetable_edit, name="timetable_edit"),
    path("timetables/<int:pk>/delete/", versions.timetable_delete, name="timetable_delete"),
    path("timetables/<int:pk>/check/", publish.timetable_check, name="timetable_check"),
    path("timetables/<int:pk>/compare/", publish.timetable_compare, name="timetable_compare"),
    path("timetables/<int:pk>/publish/", publish.timetable_publish, name="timetable_publish"),
]
