"""No address, redirect or name leads the desk to a place that is not public: refused before a connection is made."""

import socket
from ipaddress import ip_address

import pytest
from hostile import ALL, INSIDES, LOOPBACK, hiding_notations
from sites import Dialler, Names, answer, redirect

from thuchu.desk.evidence.addresses import is_reachable
from thuchu.desk.evidence.fetch import HttpWire, Limits
from thuchu.desk.evidence.refusals import FetchRefused, NotReached, PlaceRefused

PUBLIC, OTHER_PUBLIC = "93.184.215.14", "2606:4700::1111"
BAD_ANSWERS = [
    "127.0.0.1",
    "10.0.0.1",
    "169.254.169.254",
    "192.168.1.1",
    "100.64.0.1",
    "0.0.0.0",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fd00:ec2::254",
    *hiding_notations("127.0.0.1"),
    *hiding_notations("8.8.8.8"),
    "khong-phai-so",
    "",
]


class Refuser(Dialler):
    """Fails the test when anything is dialled."""

    def connect_tcp(self, host, *_more, **_named):
        raise AssertionError(f"{host} was dialled")


def test_there_are_enough_hostile_addresses():
    assert len(set(ALL)) == len(ALL) >= 60


def test_the_listener_hears_who_knocks(listener):
    """Else the tests below prove nothing."""
    socket.create_connection(("127.0.0.1", listener.port), timeout=2).close()

    assert listener.knocks() == 1


@pytest.mark.parametrize("address", [address for address in ALL if "{port}" in address])
def test_a_hostile_address_knocks_at_no_door_of_this_machine(listener, address):
    """With real sockets."""
    with pytest.raises(FetchRefused):
        HttpWire(limits=Limits(seconds=2), resolve=Names()).fetch(address.replace("{port}", str(listener.port)))

    assert listener.knocks() == 0


@pytest.mark.parametrize("address", ALL)
def test_a_hostile_address_is_refused_before_a_connection_is_tried(address):
    """At a usual port, so that only the place can be the reason."""
    with pytest.raises(FetchRefused):
        HttpWire(resolve=Names(), backend=Refuser()).fetch(address.replace("{port}", "80"))


@pytest.mark.parametrize("address", [*LOOPBACK, *INSIDES])
def test_the_permission_of_tests_lets_in_no_other_notation_or_place(listener, address):
    """Only `127.0.0.1` at the port given, in whatever numbers; what else is hostile stays refused."""
    wire = HttpWire(
        limits=Limits(seconds=1), resolve=Names(), backend=Dialler(), loopback_ports=frozenset({listener.port})
    )

    with pytest.raises(FetchRefused) as refused:
        wire.fetch(address.replace("{port}", str(listener.port)))

    if isinstance(refused.value, NotReached):
        assert refused.value.values["host"] == "127.0.0.1"
        assert wire._backend.dialled == ["127.0.0.1"]


@pytest.mark.parametrize("bad", BAD_ANSWERS)
@pytest.mark.parametrize("place", ["alone", "first", "last"])
def test_a_name_with_one_bad_address_is_refused_whatever_else_it_has(bad, place):
    answers = {"alone": [bad], "first": [bad, PUBLIC], "last": [PUBLIC, OTHER_PUBLIC, bad]}[place]
    wire = HttpWire(resolve=Names(bao_example=[answers]), backend=Refuser())

    with pytest.raises(PlaceRefused, match=r"bao\.example"):
        wire.fetch("http://bao.example/")


def test_a_bad_address_hides_behind_no_crowd():
    crowd = [f"93.184.{high}.{low}" for high in range(2) for low in range(200)]
    wire = HttpWire(resolve=Names(bao_example=[[*crowd, "127.0.0.1"]]), backend=Refuser())

    with pytest.raises(PlaceRefused):
        wire.fetch("http://bao.example/")


def test_a_name_that_changes_its_address_is_resolved_once_and_the_checked_address_dialled(site):
    """Rebinding: good when it is checked, bad when it is connected to."""
    site.pages["/"] = answer(b"tin")
    names, dialler = Names(bao_example=[[PUBLIC], ["127.0.0.1"]]), Dialler(site)

    page = HttpWire(resolve=names, backend=dialler).fetch("http://bao.example/")

    assert page.body == b"tin"
    assert names.asked == ["bao.example"]
    assert dialler.dialled == [PUBLIC]


def test_a_name_that_changes_its_address_between_hops_is_checked_at_each(site):
    site.pages["/a"] = redirect("http://bao.example/b")
    names, dialler = Names(bao_example=[[PUBLIC], ["127.0.0.1"]]), Dialler(site)

    with pytest.raises(PlaceRefused):
        HttpWire(resolve=names, backend=dialler).fetch("http://bao.example/a")

    assert names.asked == ["bao.example", "bao.example"]
    assert dialler.dialled == [PUBLIC]


def test_an_address_that_does_not_answer_leaves_the_others_a_chance_and_no_more_than_three():
    dialler = Dialler()
    names = Names(bao_example=[[f"93.184.215.{last}" for last in range(10)]])

    with pytest.raises(NotReached):
        HttpWire(resolve=names, backend=dialler).fetch("http://bao.example/")

    assert len(dialler.dialled) == 3


@pytest.mark.parametrize("hop", range(5))
@pytest.mark.parametrize("status", ["301 A", "302 A", "303 A", "307 A", "308 A"])
def test_a_redirect_to_a_bad_place_is_refused_at_every_hop(site, wire, listener, hop, status):
    site.pages.update({f"/{before}": redirect(f"/{before + 1}", status) for before in range(hop)})
    site.pages[f"/{hop}"] = redirect(f"http://127.0.0.1:{listener.port}/", status)

    with pytest.raises(FetchRefused):
        wire.fetch(f"{site.address}/0")

    assert len(site.asked) == hop + 1
    assert listener.knocks() == 0


@pytest.mark.parametrize("address", [*LOOPBACK, *INSIDES])
def test_a_redirect_to_a_hostile_address_is_refused(site, listener, address):
    names, dialler = Names(bao_example=[[PUBLIC]]), Dialler(site)
    location = address.replace("{port}", str(listener.port))
    site.pages["/"] = redirect(location)
    wire = HttpWire(limits=Limits(seconds=3), resolve=names, backend=dialler)

    with pytest.raises(FetchRefused):
        wire.fetch("http://bao.example/")

    assert set(dialler.dialled) == {PUBLIC}
    assert listener.knocks() == 0


def test_what_is_dialled_is_always_reachable():
    """The public addresses of these tests are public, so that a refusal above means something."""
    assert is_reachable(ip_address(PUBLIC))
    assert is_reachable(ip_address(OTHER_PUBLIC))
