"""Which addresses are public: first and last of every block, and spellings that are no addresses."""

from __future__ import annotations

import ipaddress

import pytest

from pipeline.addresses import is_public

NOT_PUBLIC = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    "::/128", "::1/128", "::ffff:0:0/96", "::ffff:8.8.8.8/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64",
    "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "2001::/32", "2001:2::/48", "2001:10::/28", "2001:20::/28",
    "2001:1ff:ffff::/48",
    "2001:db8::/32", "2002::/16", "3fff::/20", "4000::/3", "5f00::/16",
]  # fmt: skip


@pytest.mark.parametrize("block", NOT_PUBLIC)
def test_no_address_of_a_special_block_is_public(block: str) -> None:
    network = ipaddress.ip_network(block)
    for address in (network[0], network[-1], network[network.num_addresses // 2]):
        assert not is_public(str(address))


@pytest.mark.parametrize(
    "address",
    [
        "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
        "168.63.129.15", "168.63.129.17", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0",
        "192.0.3.0", "192.88.98.255", "192.88.100.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
        "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255", "8.8.8.8",
        "2000::", "2001:200::", "2001:4860:4860::8888", "2001:db7:ffff::", "2001:db9::", "2003::", "2606:4700::1111",
        "3ffe:ffff::", "3fff:1000::", "3fff:ffff::",
    ],
)  # fmt: skip
def test_neighbours_of_special_blocks_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "spelling",
    ["", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "8.8.8.8 ", "8.8.8", "08.8.8.8",
     "fe80::1%eth0",
     "2606:4700::1111%eth0", "[2606:4700::1111]", "8.8.8.8:80", "８.８.８.８", "example.org", "8.8.8.8/32"],
)  # fmt: skip
def test_what_is_no_numeric_address_is_not_public(spelling: str) -> None:
    assert not is_public(spelling)


def test_every_block_of_16_that_the_library_calls_private_is_not_public() -> None:
    """The standard library's own table, as a second opinion on all of IPv4."""
    for high in range(256):
        for low in range(0, 256, 3):
            address = ipaddress.IPv4Address((high << 24) | (low << 16) | 0x0101)
            if not address.is_global:
                assert not is_public(str(address)), address
