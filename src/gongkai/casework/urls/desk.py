"""Today, the list of cases, the calendar, the statistics."""

from django.urls import path

from gongkai.casework.views import desk

urlpatterns = [
    path("", desk.today, name="today"),
]
