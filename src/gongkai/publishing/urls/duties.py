"""What is due: the board, the plan, stale columns, reassessment, transfers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
