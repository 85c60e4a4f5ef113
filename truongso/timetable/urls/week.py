from django.urls import path

from truongso.timetable.views import school_day, week

urlpatterns = [
    path("week/", week.mine, name="week"),
    path("week/child/<int:pk>/", week.child, name="week_child"),
    path("week/class/<int:pk>/", week.klass, name="week_class"),
    path("week/teacher/<int:pk>/", week.teacher, name="week_teacher"),
    path("week/room/<int:pk>/", week.room, name="week_room"),
    path("week/others/", week.others, name="week_others"),
    path("today/school/", school_day.school_day, name="school_day"),
]
