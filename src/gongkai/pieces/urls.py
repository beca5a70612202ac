from django.urls import path

from gongkai.pieces import views

app_name = "pieces"
urlpatterns = [path("", views.gallery, name="gallery")]
