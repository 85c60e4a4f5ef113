from django.urls import path

from truongso.timetable.views import feeds, share

urlpatterns = [
    path("timetable/", share.share, name="timetable_share"),
    path("timetable/mine.pdf", share.mine_pdf, name="timetable_mine_pdf"),
    path("timetable/classes/<int:pk>.pdf", share.class_pdf, name="timetable_class_pdf"),
    path("timetable/teachers/<int:pk>.pdf", share.teacher_pdf, name="timetable_teacher_pdf"),
    path("timetables/<int:pk>/export.xlsx", share.version_xlsx, name="timetable_xlsx"),
    path("timetables/<int:pk>/classes.pdf", share.version_classes, name="timetable_classes_pdf"),
    path("timetables/<int:pk>/teachers.pdf", share.version_teachers, name="timetable_teachers_pdf"),
    path("timetables/<int:pk>/school.pdf", share.version_school, name="timetable_school_pdf"),
    path("timetable/calendars/", feeds.make, name="feed_make"),
    path("timetable/calendars/revoke/", feeds.revoke, name="feed_revoke"),
    path("calendar/<str:secret>.ics", feeds.ics, name="feed"),
    path("t/", share.way, name="timetable_way"),
    path("t/<int:pk>/", share.way, name="timetable_way_class"),
]
