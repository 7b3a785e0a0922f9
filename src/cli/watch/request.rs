//! What a browser asks: the head of a request, and no more of it.
//!
//! Source: RFC 9112, HTTP/1.1. Only GET is answered; every answer closes its connection.

use std::io::Read;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::limits::{CLIENT_SECONDS, REQUEST_BYTES};

#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    /// Without the leading `/`.
    pub path: String,
    query: String,
}

/// Why a request is not answered: a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is none, or not there in time.
    Bad,
    NotGet,
    /// It is for another host: of a page elsewhere, whose name leads to this machine.
    OtherHost,
    TooLarge,
}

impl Request {
    /// Reads a request that is sent to this port.
    pub fn read(stream: &mut TcpStream, port: u16) -> Result<Request, Refusal> {
        let until = Instant::now() + Duration::from_secs(CLIENT_SECONDS);
        let mut head = Vec::new();
        let mut piece = [0; 2048];
        loop {
            let left = until.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
            stream.set_read_timeout(Some(left)).map_err(|_| Refusal::Bad)?;
            let read = stream.read(&mut piece).map_err(|_| Refusal::Bad)?;
            head.extend_from_slice(&piece[..read]);
            match Request::parse(&head, port) {
                Ok(Some(request)) => return Ok(request),
                Err(refusal) => return Err(refusal),
                Ok(None) if read == 0 || Instant::now() >= until => return Err(Refusal::Bad),
                Ok(None) if head.len() > REQUEST_BYTES => return Err(Refusal::TooLarge),
                Ok(None) => {}
            }
        }
    }

    /// `None` where the head is not whole yet.
    fn parse(head: &[u8], port: u16) -> Result<Option<Request>, Refusal> {
        let mut headers = [httparse::EMPTY_HEADER; 96];
        let mut parsed = httparse::Request::new(&mut headers);
        if parsed.parse(head).map_err(|_| Refusal::Bad)?.is_partial() {
            return Ok(None);
        }
        let mut hosts = parsed.headers.iter().filter(|header| header.name.eq_ignore_ascii_case("host"));
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(Refusal::Bad) };
        if !["127.0.0.1", "localhost"].iter().any(|own| host.value == format!("{own}:{port}").as_bytes()) {
            return Err(Refusal::OtherHost);
        }
        if parsed.method != Some("GET") {
            return Err(Refusal::NotGet);
        }
        let target = parsed.path.and_then(|target| target.strip_prefix('/')).ok_or(Refusal::Bad)?;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Ok(Some(Request { path: path.to_string(), query: query.to_string() }))
    }

    /// The value of a name in the query. All that we write there means itself: nothing is decoded.
    pub fn value(&self, name: &str) -> Option<&str> {
        let pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(other, _)| *other == name).map(|(_, value)| value).next_back()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(head: &str) -> Result<Option<Request>, Refusal> {
        Request::parse(head.as_bytes(), 8433)
    }

    #[test]
    fn a_request_is_read_when_its_head_is_whole() {
        assert_eq!(parsed("GET /a?view=all&lang=ko HTTP/1.1\r\nHost: localhost:8433\r\n"), Ok(None));
        let request = parsed("GET /a?view=all&lang=ko HTTP/1.1\r\nHost: localhost:8433\r\n\r\n");
        let request = request.expect("it is one").expect("it is whole");
        assert_eq!((request.path.as_str(), request.value("lang"), request.value("theme")), ("a", Some("ko"), None));
    }

    #[test]
    fn a_name_that_only_leads_here_is_another_host() {
        for host in ["evil.example", "evil.example:8433", "127.0.0.1", "127.0.0.1:80", "127.0.0.1.evil.example:8433"] {
            let head = format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
            assert_eq!(parsed(&head), Err(Refusal::OtherHost), "{host}");
        }
        let twice = "GET / HTTP/1.1\r\nHost: 127.0.0.1:8433\r\nHost: evil.example\r\n\r\n";
        assert_eq!(parsed(twice), Err(Refusal::Bad));
        assert_eq!(parsed("GET / HTTP/1.1\r\n\r\n"), Err(Refusal::Bad));
    }

    #[test]
    fn nothing_but_get_is_answered() {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "HEAD"] {
            let head = format!("{method} / HTTP/1.1\r\nHost: 127.0.0.1:8433\r\n\r\n");
            assert_eq!(parsed(&head), Err(Refusal::NotGet), "{method}");
        }
        assert_eq!(parsed("GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:8433\r\n\r\n"), Err(Refusal::Bad));
        assert_eq!(parsed("\u{0}\u{1}\u{2}\r\n\r\n"), Err(Refusal::Bad));
    }
}
