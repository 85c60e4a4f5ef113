from django.urls import path

from truongso.timetable.views import adding, ledger, period, rearrange

urlpatterns = [
    path("periods/<int:pk>/", period.period, name="period"),
    path("periods/<int:pk>/change/", rearrange.choose, name="period_change"),
    path("periods/<int:pk>/change/<slug:do>/", rearrange.change, name="period_change_way"),
    path("periods/changes/<int:pk>/undo/", rearrange.undo, name="period_undo"),
    path("periods/add/", adding.choose_class, name="period_add"),
    path("periods/add/<int:pk>/", adding.add, name="period_add_class"),
    path("periods/owed/", ledger.owed, name="owed"),
    path("periods/owed/export/", ledger.export, name="owed_export"),
    path("periods/owed/<slug:what>/", ledger.behind, name="owed_behind"),
]
