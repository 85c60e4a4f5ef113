from django.urls import path

from truongso.timetable.views import period

urlpatterns = [
    path("periods/<int:pk>/", period.period, name="period"),
]
