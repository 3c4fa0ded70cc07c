//! Which addresses webhooks may be sent to: whoever can add a watch must not reach this machine's own network by it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::Error;
use crate::config::Config;

/// A range of addresses, as `10.1.0.0/16`, or one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Network {
    address: IpAddr,
    bits: u32,
}

impl Network {
    /// Reads `ADDRESS/BITS` or `ADDRESS`; `None` when it is neither.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (address, bits) = match text.trim().split_once('/') {
            Some((address, bits)) => (address.parse::<IpAddr>().ok()?, Some(bits.parse().ok()?)),
            None => (text.trim().parse().ok()?, None),
        };
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        (bits <= most).then_some(Self { address, bits })
    }

    /// The networks that a setting lists.
    ///
    /// # Errors
    /// When one of them is none.
    pub(crate) fn list(config: &Config, variable: &str) -> Result<Vec<Self>, Error> {
        let networks: Option<Vec<Self>> = config.list(variable)?.iter().map(|text| Self::read(text)).collect();
        networks.ok_or_else(|| config.wrong(variable, "holds what is no network; write 10.1.0.0/16 or 127.0.0.1"))
    }

    /// Whether an address is in it. IPv4 written as IPv6 is IPv4.
    pub(crate) fn holds(self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let mask = u32::MAX.checked_shl(32 - self.bits).unwrap_or(0);
                own.to_bits() & mask == other.to_bits() & mask
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let mask = u128::MAX.checked_shl(128 - self.bits).unwrap_or(0);
                own.to_bits() & mask == other.to_bits() & mask
            }
            _ => false,
        }
    }
}

/// Whether an address is one of the public internet: none of the special-purpose registries of IANA (RFC 6890), and not
/// where clouds keep their machines' metadata.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = match (a, b, c) {
        // This network, private, loopback, multicast, reserved and broadcast.
        (0 | 10 | 127 | 224.., _, _) => true,
        // Carrier-grade translation (RFC 6598), which also holds a cloud's metadata; benchmarks (RFC 2544).
        (100, 64..=127, _) | (198, 18..=19, _) => true,
        // Link-local, with the metadata of most clouds.
        (169, 254, _) | (172, 16..=31, _) | (192, 168, _) => true,
        // Protocol assignments, documentation, relays of 6to4.
        (192, 0, 0 | 2) | (192, 88, 99) | (198, 51, 100) | (203, 0, 113) => true,
        _ => false,
    };
    // A public address by its looks, but that of a cloud's own agent on every machine.
    !is_special && address != Ipv4Addr::new(168, 63, 129, 16)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let embedded = |high: u16, low: u16| is_public_v4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)));
    match address.segments() {
        // Translated to IPv4 (RFC 6052) and tunnelled to it (6to4, RFC 3056): as public as that.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x2002, high, low, ..] => embedded(high, low),
        // Protocol assignments, among them Teredo; documentation.
        [0x2001, ..=0x01ff | 0x0db8, ..] | [0x3fff, ..=0x0fff, ..] => false,
        // Everything else that is public is here: not loopback, link-local, unique-local, site-local, multicast.
        [0x2000..=0x3fff, ..] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, public: bool) {
        assert_eq!(is_public(address.parse().unwrap()), public, "{address}");
    }

    #[test]
    fn only_addresses_of_the_public_internet_are_public() {
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.100.100.200",
            "100.127.255.255",
            "127.0.0.1",
            "127.9.9.9",
            "168.63.129.16",
            "169.254.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::10.0.0.1",
            "64:ff9b::169.254.169.254",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:c0a8:101::1",
            "3fff:fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            check(private, false);
        }
        for public in [
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2001:200::1",
            "2002:808:808::1",
            "2606:4700::1111",
            "3fff:1000::1",
        ] {
            check(public, true);
        }
    }

    #[track_caller]
    fn check_holds(network: &str, address: &str, holds: bool) {
        let network = Network::read(network).unwrap();
        assert_eq!(network.holds(address.parse().unwrap()), holds, "{network:?} {address}");
    }

    #[test]
    fn a_network_holds_what_begins_alike() {
        check_holds("10.1.0.0/16", "10.1.255.255", true);
        check_holds("10.1.0.0/16", "10.2.0.0", false);
        check_holds("127.0.0.1", "127.0.0.1", true);
        check_holds("127.0.0.1", "127.0.0.2", false);
        check_holds("127.0.0.1", "::ffff:127.0.0.1", true);
        check_holds("0.0.0.0/0", "1.2.3.4", true);
        check_holds("0.0.0.0/0", "::1", false);
        check_holds("fd00::/8", "fd12::1", true);
        check_holds("::/0", "fe80::1", true);
        for wrong in ["", "10.1", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "localhost"] {
            assert_eq!(Network::read(wrong), None, "{wrong}");
        }
    }
}
