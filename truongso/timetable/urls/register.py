from django.urls import path

from truongso.timetable.views import progress, register, register_board, register_weeks

urlpatterns = [
    path("register/", register_board.register, name="register"),
    path("register/sign/", register.register_sign, name="register_sign"),
    path("register/scale/", register.register_scale, name="register_scale"),
    path("register/remind/", register_board.register_remind, name="register_remind"),
    path("register/weeks/sign/", register_board.register_sign_all, name="register_sign_all"),
    path("register/classes/<int:pk>/", register_weeks.register_week, name="register_week"),
    path("register/classes/<int:pk>/sign/", register_weeks.register_week_sign, name="register_week_sign"),
    path("register/classes/<int:pk>/unlock/", register_weeks.register_week_unlock, name="register_week_unlock"),
    path("register/classes/<int:pk>/<str:kind>/", register_weeks.register_week_file, name="register_week_file"),
    path("progress/", progress.progress, name="progress"),
    path("progress/excel/", progress.progress_export, name="progress_export"),
    path("progress/<int:unit_pk>/<int:subject_pk>/<int:part_pk>/", progress.progress_class, name="progress_class"),
    path("periods/<int:pk>/register/", register.register_note, name="register_note"),
]
