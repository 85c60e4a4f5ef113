from django.urls import include, path

urlpatterns = [
    path("", include("truongso.roster.urls_yearly")),
]
