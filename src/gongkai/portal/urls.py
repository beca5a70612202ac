from django.urls import path

from gongkai.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("reports/", views.reports, name="reports"),
    path("reports/<slug:slug>/<int:year>/", views.report, name="report"),
    path("reports/<slug:slug>/<int:year>/<slug:kind>/", views.download, name="download"),
    path("check/", views.check, name="check"),
    path("type-size/", views.type_size, name="type_size"),
]
