"""Outgoing addresses: what is allowed by name and written plainly, and public; nothing else."""

from __future__ import annotations

import pytest

from backend.core.alerts.addresses import AddressRefusedError, Target, allowed_url, is_public, read_allowed

ALLOWED = frozenset({"hooks.example.org", "other.example.org:8443"})


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://hooks.example.org", Target("hooks.example.org", 443, "/")),
        ("https://hooks.example.org:443/a/b?c=d", Target("hooks.example.org", 443, "/a/b?c=d")),
        ("https://other.example.org:8443/x", Target("other.example.org", 8443, "/x")),
    ],
)
def test_an_allowed_address_is_used(url: str, target: Target) -> None:
    assert allowed_url(url, ALLOWED) == target


@pytest.mark.parametrize("url", ["https://other.example.org/x", "https://hooks.example.org:8443/", "https://a.b.org/"])
def test_another_port_or_host_is_not(url: str) -> None:
    with pytest.raises(AddressRefusedError, match="ALERT_ALLOWED_HOSTS"):
        allowed_url(url, ALLOWED)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.0.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.9", "224.0.0.1"),
        *("240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254"),
        *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::1", "::127.0.0.1"),
        *(
            "ff02::1",
            "fec0::1",
            "192.88.99.1",
            "2001:db8::1",
            "100::1",
            "",
            "localhost",
            "127.1",
            "2130706433",
            "0x7f.0.0.1",
        ),
    ],
)
def test_all_others_are_not(address: str) -> None:
    assert not is_public(address)


def test_a_list_of_hosts_is_read_and_anything_else_refused() -> None:
    assert read_allowed(" Hooks.Example.org , smtp.example.org:587 ") == {"hooks.example.org", "smtp.example.org:587"}
    assert read_allowed("") == frozenset()
    for text in (
        "localhost",
        "127.0.0.1",
        "https://a.example.org",
        "a.example.org:0",
        "a.example.org:x",
        "a_b.org",
        "*.example.org",
    ):
        with pytest.raises(AddressRefusedError):
            read_allowed(text)
