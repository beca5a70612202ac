from django.urls import path, re_path

from gongkai.reporting.views import cells, days, desk, figures, importing, members, prose, report

app_name = "reporting"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("start/<slug:slug>/", desk.start, name="start"),
    path("reports/<int:pk>/", report.overview, name="overview"),
    path("reports/<int:pk>/figures/", figures.figures, name="figures"),
    path("reports/<int:pk>/cells/<str:address>/", cells.cell, name="cell"),
    path("reports/<int:pk>/fill/", cells.fill, name="fill"),
    path("reports/<int:pk>/cut/", cells.take_cut, name="take_cut"),
    path("reports/<int:pk>/prose/", prose.prose, name="prose"),
    path("reports/<int:pk>/import/", importing.choose, name="import"),
    path("reports/<int:pk>/import/<int:reading_pk>/", importing.preview, name="preview"),
    path("reports/<int:pk>/waive/", report.waive, name="waive"),
    path("reports/<int:pk>/waivers/<int:waiver_pk>/", report.withdraw_waiver, name="withdraw_waiver"),
    path("reports/<int:pk>/export/<slug:kind>/", report.export, name="export"),
    re_path(
        r"^reports/(?P<pk>\d+)/(?P<act>sign|withdraw_signature|submit|send_back|publish)/$",
        report.move,
        name="move",
    ),
    path("count/<slug:slug>/", days.count, name="count"),
    path("members/<slug:slug>/<int:year>/", members.members, name="members"),
    path("members/<slug:slug>/<int:year>/total.xlsx", members.total, name="total"),
]
