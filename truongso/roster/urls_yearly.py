"""What a school does once a year, or once: accounts and slips, duplicates, the next year."""

from django.urls import path

from truongso.roster.views import accounts, merge, rollover, slips

urlpatterns = [
    path("accounts/", accounts.overview, name="accounts"),
    path("accounts/excel/", accounts.sheet, name="accounts_excel"),
    path("accounts/issue/", accounts.issue_many, name="accounts_issue"),
    path("accounts/print/", accounts.print_slips, name="accounts_print"),
    path("accounts/print/<int:pk>/", accounts.batch, name="slip_batch"),
    path("accounts/print/<int:pk>/file/", accounts.batch_file, name="slip_batch_file"),
    path("accounts/print/<int:pk>/wipe/", accounts.batch_wipe, name="slip_batch_wipe"),
    path("school/rollover/", rollover.rollover, name="rollover"),
    path("school/rollover/refresh/", rollover.refresh, name="rollover_refresh"),
    path("school/rollover/drop/", rollover.drop, name="rollover_drop"),
    path("school/rollover/open/", rollover.open_new, name="rollover_open"),
    path("school/rollover/from/<int:pk>/", rollover.class_from, name="rollover_from"),
    path("school/rollover/classes/add/", rollover.class_add, name="rollover_class_add"),
    path("school/rollover/classes/<int:pk>/", rollover.class_to, name="rollover_class"),
    path("school/rollover/classes/<int:pk>/remove/", rollover.class_remove, name="rollover_class_remove"),
    path("people/duplicates/", merge.proposals, name="duplicates"),
    path("people/duplicates/<int:kept>/<int:gone>/", merge.compare, name="duplicate"),
    path("people/duplicates/<int:kept>/<int:gone>/apart/", merge.apart, name="duplicate_apart"),
    path("people/duplicates/<int:kept>/<int:gone>/again/", merge.again, name="duplicate_again"),
    path("people/<int:pk>/slip/", slips.slip_print, name="slip_print"),
    path("people/<int:pk>/slips/", slips.family_slips, name="family_slips"),
    path("classes/<int:pk>/slips/", slips.class_slips, name="class_slips"),
]
