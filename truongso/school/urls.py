from django.urls import path

from truongso.school import views

urlpatterns = [
    path("school/", views.school, name="school"),
    path("people/<int:pk>/slip/", views.slip_print, name="slip_print"),
    path("people/<int:pk>/slips/", views.family_slips, name="family_slips"),
    path("classes/<int:pk>/slips/", views.class_slips, name="class_slips"),
]
