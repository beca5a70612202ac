"""The catalog, service guides, the disclosure guide, institutions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
