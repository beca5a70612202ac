"""From the decision to the service of the letter."""

from django.urls import path

from gongkai.casework.views import decide, grounds, letters, redaction, service

urlpatterns = [
    path("cases/<int:pk>/decide/", decide.decide, name="decide"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/file.<str:file_format>", letters.letter_file, name="letter_file"),
    path("letters/<int:pk>/service/", service.service, name="service"),
    path("services/<int:pk>/log/", service.log, name="log_service"),
    path("services/<int:pk>/receipt.<str:file_format>", service.receipt, name="service_receipt"),
    path("files/<int:pk>/redact/", redaction.redact, name="redact"),
    path("files/<int:pk>/pages/<int:page>.png", redaction.page, name="page_image"),
    path("grounds/", grounds.grounds, name="grounds"),
    path("grounds/<str:code>/", grounds.ground, name="ground"),
]
