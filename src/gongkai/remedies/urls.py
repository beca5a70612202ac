from django.urls import path

from gongkai.remedies.views import bundle, register, remedy

app_name = "remedies"
urlpatterns = [
    path("", register.remedies, name="list"),
    path("case/<int:case_pk>/", register.of_case, name="of_case"),
    path("case/<int:case_pk>/register/", register.register, name="register"),
    path("case/<int:case_pk>/bundle.pdf", bundle.of_case, name="case_bundle"),
    path("<int:pk>/", remedy.remedy, name="remedy"),
    path("<int:pk>/acts/<slug:act>/", remedy.act, name="act"),
    path("<int:pk>/events/<int:event_pk>/strike/", remedy.strike, name="strike"),
    path("<int:pk>/papers/<int:file_pk>/", remedy.paper, name="paper"),
    path("<int:pk>/bundle.pdf", bundle.of_remedy, name="bundle"),
]
