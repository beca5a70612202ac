"""The registers behind Table 2: normative documents, matters, decisions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
