"""Registering what arrives, and the register itself as a file."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
