"""The office's addresses and those of the notices, wherever the office puts them."""

from django.urls import include, path

from gongkai.config.urls import urlpatterns as office

urlpatterns = [path("office/notices/", include("gongkai.notices.urls")), *office]
