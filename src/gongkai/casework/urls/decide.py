"""From the decision to the service of the letter."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
