"""Where items are posted: board, newsletter, WeChat, media."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
