from django.urls import path

from truongso.shell import views

urlpatterns = [path("", views.today, name="today")]
