"""One case: its page, its acts, its deadline."""

from django.urls import path

from gongkai.casework.views import acts, case, deadline, redecision

urlpatterns = [
    path("cases/<int:pk>/", case.case, name="case"),
    path("cases/<int:pk>/identity/", case.identity, name="identity"),
    path("cases/<int:pk>/events/<int:event_pk>/strike/", case.strike, name="strike"),
    path("cases/<int:pk>/acts/<slug:act>/", acts.act, name="act"),
    path("cases/<int:pk>/deadline/", deadline.proof, name="proof"),
    path("cases/<int:pk>/deadline.pdf", deadline.proof_pdf, name="proof_pdf"),
    path("cases/<int:pk>/deadline/<slug:what>/", deadline.proof, name="proof_of"),
    path("cases/<int:pk>/deadline/<slug:what>.pdf", deadline.proof_pdf, name="proof_of_pdf"),
    path("cases/<int:pk>/redecide/", redecision.redecide, name="redecide"),
]
