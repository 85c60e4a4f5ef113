from django.urls import path

from truongso.timetable.views import links, room, share_link, standing, way

urlpatterns = [
    path("l/<str:token>/", way.way, name="way"),
    path("l/<str:token>/card.png", way.way_card, name="way_card"),
    path("periods/<int:pk>/way/<int:standing>/", way.way_standing, name="way_standing"),
    path("periods/<int:pk>/room/", room.room, name="waiting_room"),
    path("periods/<int:pk>/visitors/", links.visitors, name="link_visitors"),
    path("periods/<int:pk>/share/<str:which>/", share_link.share, name="link_share"),
    path("periods/<int:pk>/links/add/", links.link_add, name="link_add"),
    path("periods/<int:pk>/links/drop/<int:standing>/", links.link_drop, name="link_drop"),
    path("links/<int:pk>/", links.link_edit, name="link_edit"),
    path("links/<int:pk>/move/", links.link_move, name="link_move"),
    path("links/<int:pk>/remove/", links.link_remove, name="link_remove"),
    path("links/<int:pk>/restore/", links.link_restore, name="link_restore"),
    path("links/", standing.standing_links, name="standing_links"),
    path("links/of/<int:unit>/<int:subject>/", standing.standing_add, name="standing_add"),
    path("links/standing/<int:pk>/", standing.standing_edit, name="standing_edit"),
    path("links/standing/<int:pk>/remove/", standing.standing_remove, name="standing_remove"),
    path("links/standing/<int:pk>/restore/", standing.standing_restore, name="standing_restore"),
]
