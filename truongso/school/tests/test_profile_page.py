"""The school's own page."""

from __future__ import annotations

from tests.cast import Cast, client_of


def test_the_schools_own_page(cast: Cast) -> None:
    client = client_of(cast.head)
    assert client.post("/school/profile/", {"name": ""}).status_code == 422
    form = {
        "name": "Trường THCS  Hoà Bình",
        "short_name": "THCS Hoà Bình",
        "governing_body": "",
        "place": "",
        "code": "",
        "phone": "0228",
    }
    assert client.post("/school/profile/", form).status_code == 302
    assert "THCS Hoà Bình" in client.get("/").content.decode()
    assert client_of(cast.teacher).get("/school/profile/").status_code == 404
