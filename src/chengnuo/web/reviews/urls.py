from __future__ import annotations

from django.urls import path

from chengnuo.web.reviews import at_desk, campaigns, letter, own

app_name = "reviews"

urlpatterns = [
    path("review/", own.door, name="door"),
    path("review/<uuid:review>/", own.own, name="own"),
    path("review/<uuid:review>/<slug:name>/", own.own_deed, name="own_deed"),
    path("desk/reviews/", campaigns.home, name="home"),
    path("desk/reviews/begin/", campaigns.begin, name="begin"),
    path("desk/reviews/campaigns/<uuid:campaign>/", campaigns.campaign, name="campaign"),
    path("desk/reviews/campaigns/<uuid:campaign>/propose/", campaigns.propose, name="propose"),
    path("desk/reviews/renewals/<uuid:renewal>/", campaigns.renewal, name="renewal"),
    path("desk/reviews/renewals/<uuid:renewal>/<slug:name>/", campaigns.renewal_deed, name="renewal_deed"),
    path("desk/reviews/checks/<uuid:check>/", at_desk.check, name="check"),
    path("desk/reviews/checks/<uuid:check>/<slug:name>/", at_desk.check_deed, name="check_deed"),
    path("desk/reviews/<uuid:review>/", at_desk.review, name="review"),
    path("desk/reviews/<uuid:review>/letter.pdf", letter.letter, name="letter"),
    path("desk/reviews/<uuid:review>/<slug:name>/", at_desk.review_deed, name="review_deed"),
]
