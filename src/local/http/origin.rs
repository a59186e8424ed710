//! Which clients are served: only programs on this machine. Web pages must not have access, neither from another site
//! nor under a host name of their own that resolves to this machine (DNS rebinding).

use std::net::{IpAddr, SocketAddr};

use hyper::{
    header::{HOST, ORIGIN},
    http::request::Parts,
};

use crate::local::error::ServiceError;

/// Rejects requests that browsers send on behalf of pages, and requests for any host but this machine.
pub(super) fn check(request: &Parts) -> Result<(), ServiceError> {
    if request.headers.contains_key(ORIGIN) {
        return Err(forbidden("Requests of web pages are not served"));
    }
    let header = request.headers.get(HOST).and_then(|host| host.to_str().ok());
    let named = [header, request.uri.authority().map(|authority| authority.as_str())];
    if header.is_some() && named.into_iter().flatten().all(is_this_machine) {
        Ok(())
    } else {
        Err(forbidden("Only requests for localhost or a loopback address are served, as the Host header says"))
    }
}

fn is_this_machine(host: &str) -> bool {
    let address = host.parse().map(|address: SocketAddr| address.ip()).ok();
    let address = address.or_else(|| host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok());
    let name = host.split(':').next().unwrap_or_default();
    address.is_some_and(|address| address.is_loopback()) || name.eq_ignore_ascii_case("localhost")
}

fn forbidden(message: &str) -> ServiceError {
    ServiceError::new("AccessDeniedException", message).with_status(403)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_served() {
        for host in ["localhost", "LocalHost:4566", "127.0.0.1", "127.0.0.1:80", "127.8.0.1:1", "[::1]", "[::1]:80"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["", "example.com", "localhost.example.com:80", "10.0.0.1:80", "[::2]:80", "127.0.0.1.example.com"]
        {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
