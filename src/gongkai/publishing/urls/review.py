"""The review: sheets, opinions, findings, delegations."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
