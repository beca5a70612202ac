"""Today, the list of cases, the calendar, the statistics."""

from django.urls import path

from gongkai.casework.views import days, desk, handing, lists, office, statistics

urlpatterns = [
    path("", desk.today, name="today"),
    path("calendar/", desk.subscribe, name="subscribe"),
    path("calendar/stop/", desk.unsubscribe, name="unsubscribe"),
    path("calendar/<str:token>.ics", desk.feed, name="feed"),
    path("cases/", lists.cases, name="list"),
    path("cases/search/", lists.search, name="search"),
    path("cases/export/<str:kind>/", lists.export, name="export_list"),
    path("cases/kept/", lists.keep, name="keep_list"),
    path("cases/kept/<int:pk>/drop/", lists.drop, name="drop_list"),
    path("cases/<int:pk>/assign/", handing.assign, name="assign"),
    path("cases/<int:pk>/accept/", handing.accept, name="accept"),
    path("cases/<int:pk>/claim/", handing.claim, name="claim"),
    path("cases/<int:pk>/send-back/", handing.send_back, name="send_back"),
    path("cases/<int:pk>/co-workers/", handing.add_co_worker, name="add_co_worker"),
    path("cases/<int:pk>/co-workers/remove/", handing.remove_co_worker, name="remove_co_worker"),
    path("cases/<int:pk>/internal-due/", handing.internal_due, name="internal_due"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/export/<str:kind>/", statistics.export, name="export_statistics"),
    path("days/<slug:slug>/", days.calendar_days, name="calendar_days"),
    path("days/<slug:slug>/approve/", days.approve, name="approve_days"),
    path("days/<slug:slug>/settle/", days.settle, name="settle_year"),
    path("days/drop/<int:pk>/", days.drop, name="drop_day"),
    path("profile/<slug:slug>/", office.profile, name="profile"),
    path("functions/<slug:slug>/", office.functions, name="functions"),
]
