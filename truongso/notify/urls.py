from django.urls import path

from truongso.notify import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("notices/<int:pk>/confirm/", views.confirm, name="notice_confirm"),
    path("notices/new/", views.compose, name="notice_new"),
    path("notices/sent/", views.sent, name="notices_sent"),
    path("notices/sent/<int:pk>/", views.sent_notice, name="notice_sent"),
    path("notices/sent/<int:pk>/withdraw/", views.withdraw, name="notice_withdraw"),
]
