"""Registering what arrives, its files, and taking over a register."""

from django.urls import path

from gongkai.casework.views import importing, intake

urlpatterns = [
    path("cases/receive/<slug:slug>/", intake.receive, name="receive"),
    path("cases/import/<slug:slug>/", importing.choose, name="import"),
    path("cases/import/<slug:slug>/template/", importing.blank, name="import_template"),
    path("cases/import/<slug:slug>/<int:pk>/", importing.preview, name="import_preview"),
    path("cases/<int:pk>/arrived/", intake.arrived, name="arrived"),
    path("cases/<int:pk>/confirmation/", intake.confirm, name="confirm"),
    path("cases/<int:pk>/receipt-day/", intake.fix_receipt, name="fix_receipt"),
    path("cases/<int:pk>/receipt/", intake.receipt, name="receipt"),
    path("cases/<int:pk>/files/", intake.keep_file, name="keep_file"),
    path("cases/<int:pk>/message/", intake.message, name="message"),
    path("files/<int:pk>/", intake.file, name="file"),
    path("patterns/<slug:slug>/", intake.pattern_register, name="patterns"),
]
