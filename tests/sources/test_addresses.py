"""Addresses: what may be fetched and what may not."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.sources.capture.web.addresses import BadAddress, redirected, refusal, web_address


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "ftp://a.example/x",
        "//a.example/x",
        "a.example",
        "",
        "http://",
        "http://user:secret@a.example/",
        "http://a.example/\r\nHost: b.example",
        "http://a.example/a b",
        "http://a.example:99999/",
        "http://[::1/",
        "http://a<b>.example/",
        "http://" + "ä" * 80 + ".example/",
        "https://a.example/" + "x" * 9000,
    ],
)
def test_what_is_no_web_address_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(BadAddress) as caught:
        web_address(text)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_password_in_an_address_is_not_repeated() -> None:
    with pytest.raises(BadAddress) as caught:
        web_address("https://jane:s3cret@a.example/")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("HTTP://A.example:80", "http://a.example/"),
        ("https://a.example:443/x#part", "https://a.example/x"),
        ("https://a.example/x?y=1&z=a%20b", "https://a.example/x?y=1&z=a%20b"),
        ("https://a.example/ä", "https://a.example/%C3%A4"),
        ("http://[0:0:0:0:0:0:0:1]:8080/", "http://[::1]:8080/"),
    ],
)
def test_an_address_is_brought_to_one_form(written: str, meant: str) -> None:
    assert web_address(written) == meant


@given(st.text(max_size=60))
def test_one_form_is_final_and_plain(text: str) -> None:
    try:
        once = web_address("https://a.example/" + text)
    except BadAddress:
        return
    assert web_address(once) == once
    assert once.isascii()
    assert not any(ord(character) <= 32 for character in once)


@given(st.text(max_size=80))
def test_any_location_header_leads_to_an_address_or_a_named_error(location: str) -> None:
    try:
        there = redirected("https://a.example/x/", location)
    except BadAddress:
        return
    assert there.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a9fe:a9fe::1",
    ],
)  # fmt: skip
def test_addresses_inside_a_network_are_refused(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_public_addresses_are_let_through(address: str) -> None:
    assert refusal(address) == ""


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_fares_the_same_inside_an_ipv6_one(ip: ipaddress.IPv4Address) -> None:
    inside = refusal(str(ip)) != ""
    assert (refusal(f"::ffff:{ip}") != "") == inside
    assert (refusal(str(ipaddress.IPv6Address(0x64FF9B << 96 | int(ip)))) != "") == inside
