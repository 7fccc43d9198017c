"""What a provider's system sees: its own orders, visits, statements and prices, and no more."""

from __future__ import annotations

from tests.api import Scene, add_provider, line


def test_a_system_is_told_whose_token_it_has(scene: Scene) -> None:
    said = scene.system.get("/me").said
    assert said["company"]["name"] == scene.provider.name
    assert said["organiser"]["code"] == scene.stage.organiser.code
    assert said["organiser"]["today"] == "2019-03-06"
    assert said["programmes"] == [scene.stage.programme.code]
    assert "visits:write" in said["scopes"]


def test_orders_carry_a_name_and_a_reference_and_no_identity_code(scene: Scene) -> None:
    answer = scene.system.get("/orders")
    (one,) = answer.said["items"]
    assert one["id"] == scene.order.pk
    assert one["client"]["name"].startswith("Aino")
    assert one["client"]["reference"].startswith("K-")
    assert one["parts"][0]["quantity"] == "20.00"
    with scene.stage.scope():
        client = scene.order.client
    text = str(answer.said)
    assert client.identity_code not in text
    assert str(client.born_on) not in text


def test_two_companies_cannot_compare_their_references_of_a_client(scene: Scene) -> None:
    other = add_provider(scene.stage, "Siivous Ky")
    mine = scene.system.get("/orders").said["items"]
    theirs = other.system.get("/orders").said["items"]
    assert len(mine) == len(theirs) == 1
    assert mine[0]["client"]["reference"] != theirs[0]["client"]["reference"]


def test_a_list_goes_on_by_cursor_and_each_row_comes_once(scene: Scene) -> None:
    lines = [line(scene.order, f"R-{number}", quantity="0.1") for number in range(7)]
    assert scene.system.post("/visits", {"lines": lines}).said["counts"]["taken"] == 7
    seen, cursor = [], ""
    for _ in range(5):
        said = scene.system.get(f"/visits?limit=3{cursor}").said
        seen += [one["reference"] for one in said["items"]]
        if said["next_cursor"] is None:
            break
        cursor = f"&cursor={said['next_cursor']}"
    assert sorted(seen) == sorted(one["reference"] for one in lines)


def test_what_is_added_meanwhile_neither_moves_nor_doubles_a_row(scene: Scene) -> None:
    lines = [line(scene.order, f"R-{number}", quantity="0.1") for number in range(6)]
    scene.system.post("/visits", {"lines": lines})
    seen, cursor = [], ""
    while True:
        said = scene.system.get(f"/visits?limit=2{cursor}").said
        seen += [one["reference"] for one in said["items"]]
        if said["next_cursor"] is None:
            break
        cursor = f"&cursor={said['next_cursor']}"
        late = line(scene.order, f"late-{len(seen)}", quantity="0.1")
        assert scene.system.post("/visits", {"lines": [late]}).said["counts"]["taken"] == 1
    # Exactly those that were there when the first page was asked for, each once.
    assert sorted(seen) == [one["reference"] for one in lines]


def test_a_visit_is_found_by_its_reference_and_day(scene: Scene) -> None:
    scene.system.post(
        "/visits", {"lines": [line(scene.order, "A"), line(scene.order, "B", "2019-03-04")]}
    )
    found = scene.system.get("/visits?reference=B&served_before=2019-03-05").said["items"]
    (one,) = found
    assert (one["reference"], one["quantity"], one["payable_cents"]) == ("B", "1.00", 30_00)
    assert (one["state"], one["statement"], one["corrections"]) == ("accepted", None, [])
    assert scene.system.get(f"/visits/{one['id']}").said == one


def test_prices_are_those_in_force_on_a_day(scene: Scene) -> None:
    (price,) = scene.system.get("/prices?on=2019-03-06").said["items"]
    assert (price["service"], price["cents"]) == ("cleaning", 30_00)
    assert scene.system.get("/prices?on=1999-01-01").said["items"] == []


def test_an_unchanged_answer_is_not_sent_again(scene: Scene) -> None:
    first = scene.system.get("/orders")
    again = scene.system.get("/orders", If_None_Match=first.headers["ETag"])
    assert (first.status, again.status) == (200, 304)
    scene.system.post(f"/orders/{scene.order.pk}/accept")
