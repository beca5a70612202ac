"""One case: its page, its acts, its deadline."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
