from django.urls import path

from truongso.timetable.views import bring

urlpatterns = [
    path("timetables/files/", bring.files, name="timetable_files"),
    path("timetables/files/<int:pk>/", bring.file, name="timetable_file"),
    path("timetables/files/<int:pk>/answer/", bring.answer, name="timetable_file_answer"),
    path("timetables/files/<int:pk>/take-back/", bring.take_back, name="timetable_file_take_back"),
    path("timetables/files/<int:pk>/drop/", bring.drop, name="timetable_file_drop"),
]
