from django.urls import path

from gongkai.portal import applying, items, tracking, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("reports/", views.reports, name="reports"),
    path("reports/<slug:slug>/<int:year>/", views.report, name="report"),
    path("reports/<slug:slug>/<int:year>/<slug:kind>/", views.download, name="download"),
    path("items/<int:pk>/", items.item, name="item"),
    path("check/", views.check, name="check"),
    path("type-size/", views.type_size, name="type_size"),
    path("apply/", applying.choose, name="apply"),
    path("apply/done/", applying.done, name="apply_done"),
    path("apply/done/<int:place>/", applying.receipt, name="apply_receipt"),
    path("apply/leave/", applying.leave, name="apply_leave"),
    path("apply/<slug:slug>/", applying.what, name="apply_what"),
    path("apply/<slug:slug>/advice/", applying.advice, name="apply_advice"),
    path("apply/<slug:slug>/who/", applying.who, name="apply_who"),
    path("apply/<slug:slug>/review/", applying.review, name="apply_review"),
    path("track/", tracking.track, name="track"),
    path("track/case/", tracking.case_page, name="track_case"),
    path("track/case/message/", tracking.message, name="track_message"),
    path("track/case/supplement/", tracking.supplement, name="track_supplement"),
    path("track/case/withdraw/", tracking.withdraw, name="track_withdraw"),
    path("track/case/confirm/", tracking.confirm, name="track_confirm"),
    path("track/case/letters/<int:pk>/", tracking.letter, name="track_letter"),
    path("track/case/files/<int:pk>/", tracking.file, name="track_file"),
    path("track/case/data/", tracking.own_data, name="track_data"),
    path("track/leave/", tracking.leave, name="track_leave"),
]
