from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from gongkai.agencies.views import PasswordChange

urlpatterns = [
    path("", include("gongkai.portal.urls")),
    path("office/", include("gongkai.casework.urls")),
    path("office/publishing/", include("gongkai.publishing.urls")),
    path("office/remedies/", include("gongkai.remedies.urls")),
    path("office/annual/", include("gongkai.reporting.urls")),
    path("office/notices/", include("gongkai.notices.urls")),
    path("office/agencies/", include("gongkai.agencies.urls")),
    path("office/trail/", include("gongkai.audit.urls")),
    path("office/pieces/", include("gongkai.pieces.urls")),
    path("accounts/sign-in/", LoginView.as_view(redirect_authenticated_user=True), name="sign_in"),
    path("accounts/sign-out/", LogoutView.as_view(), name="sign_out"),
    path("accounts/password/", PasswordChange.as_view(), name="password"),
]
