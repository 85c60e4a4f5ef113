from django.urls import path

from truongso.shell import certificate, guide, support, system, today, views

urlpatterns = [
    path("", today.today, name="today"),
    path("more/", views.more, name="more"),
    path("settings/", views.settings_page, name="settings"),
    path("settings/notices/", views.preference, name="preference"),
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
    path("help/", views.help_page, name="help"),
    path("offline/", views.offline, name="offline"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("robots.txt", views.robots, name="robots"),
    path("certificate/", certificate.page, name="certificate"),
    path("certificate/truong-so.crt", certificate.download, name="certificate_file"),
    path("healthz", views.healthz, name="healthz"),
    path("ui/", guide.guide, name="guide"),
    path("people/<int:pk>/support/", support.start, name="support_start"),
    path("support/stop/", support.stop, name="support_stop"),
    path("jobs/<int:pk>/", system.job, name="job"),
    path("jobs/<int:pk>/cancel/", system.job_cancel, name="job_cancel"),
    path("system/", system.system, name="system"),
    path("system/jobs/", system.jobs_failed, name="jobs_failed"),
    path("system/jobs/<int:pk>/retry/", system.job_retry, name="job_retry"),
    path("system/outbox/", system.outbox, name="outbox"),
    path("system/audit/", system.audit_log, name="audit"),
]
