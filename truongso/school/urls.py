from django.urls import path

from truongso.school import views

urlpatterns = [
    path("school/", views.school, name="school"),
]
