"""Which IP addresses lie on the public Internet; no other is connected to, whatever a feed or DNS says."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address

# IANA's special-purpose registries, but for the few blocks that are global
# (https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry).
_NOT_PUBLIC_4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this host; Linux connects to itself
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carriers' NAT, and one cloud's metadata (100.100.100.200)
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # another cloud's host agent, on an address that looks public
        "169.254.0.0/16",  # link-local, and the metadata of most clouds (169.254.169.254)
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays, abolished
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
# Global unicast only: this leaves out loopback, unique local, link-local, multicast, IPv4 in IPv6 and NAT64.
_GLOBAL_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments, Teredo among them, which carries IPv4 addresses
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which carries IPv4 addresses
        "3fff::/20",  # documentation
    )
)


def is_public(address: str) -> bool:
    """Whether an address in its numeric form, as ``getaddrinfo`` gives it, is on the public Internet.

    What is no such form (a name, ``127.1``, an address with a zone) is not.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return not any(parsed in block for block in _NOT_PUBLIC_4)
    return parsed.scope_id is None and parsed in _GLOBAL_6 and not any(parsed in block for block in _NOT_PUBLIC_6)
