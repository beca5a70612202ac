"""Items: the list, one item, its words and files, publishing and withdrawing."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
