//! Just enough of HTTP/1.1 to talk to a server on a loopback port: one request, one reply, one connection.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::Duration,
};

/// A reply.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// Sends a request to `url`, which is `http://HOST:PORT`, and waits for the reply.
///
/// # Panics
/// If there is no reply, or one that this small client does not understand.
pub(crate) fn send(url: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    try_to_send(url, method, path, headers, body).unwrap_or_else(|error| panic!("{method} {url}{path}: {error}"))
}

/// As [`send`], but without a panic if the server is gone, or ends meanwhile.
pub(crate) fn try_to_send(
    url: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> io::Result<Reply> {
    let authority = url.strip_prefix("http://").unwrap_or_else(|| panic!("{url} is not plain HTTP"));
    let mut stream = TcpStream::connect(authority)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    request += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes())?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply)?;
    parse(&reply).ok_or_else(|| io::Error::other(format!("not understood: {reply}")))
}

fn parse(reply: &str) -> Option<Reply> {
    let (head, body) = reply.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    // The end of the connection is the end of the body, so a length is of no interest, but chunks would be.
    let chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
    (!chunked).then(|| Reply { status, body: body.to_owned() })
}
