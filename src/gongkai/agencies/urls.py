from django.urls import path, re_path

from gongkai.agencies import views

app_name = "agencies"
urlpatterns = [
    path("<slug:slug>/", views.agency, name="agency"),
    path("<slug:slug>/sections/", views.add_section, name="add_section"),
    path("<slug:slug>/seats/", views.seat, name="seat"),
    path("<slug:slug>/accounts/", views.open_account, name="open_account"),
    path("<slug:slug>/roles/<int:pk>/section/", views.place, name="place"),
    re_path(
        r"^(?P<slug>[-\w]+)/remove/(?P<what>section|seat|role)/(?P<pk>\d+)/$", views.remove, name="remove"
    ),
]
