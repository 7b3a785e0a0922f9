//! Answers browsers on this machine: a thread a connection, so many at a time and no more.
//!
//! A server of our own, for what is needed of HTTP is a line and a few headers: tiny_http, which would be the choice, has
//! had no release since 2022 and starts a thread for every connection that there is.

use std::io::{self, ErrorKind, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::Scope;
use std::time::{Duration, Instant};

use super::answers::{Answer, Answers};
use super::request::{Refusal, Request};
use crate::limits::{CLIENT_SECONDS, CONNECTIONS, WAITING_PAGES};
use crate::write::html;

/// How often a page that waits is looked after: whether it still does, and with a word so that it knows that we do.
const LOOK: Duration = Duration::from_secs(1);
const PING: Duration = Duration::from_secs(15);

pub struct Server<'a> {
    port: u16,
    answers: Answers<'a>,
    /// What every page may do.
    policy: String,
    /// How many are connected, and how many of these wait.
    connected: AtomicUsize,
    waiting: AtomicUsize,
}

/// One of a number of places, until it is dropped.
struct Seat<'a>(&'a AtomicUsize);

impl<'a> Seat<'a> {
    fn take(taken: &'a AtomicUsize, most: usize) -> Option<Seat<'a>> {
        let free = |taken: usize| (taken < most).then_some(taken + 1);
        taken.fetch_update(Ordering::SeqCst, Ordering::SeqCst, free).ok().map(|_| Seat(taken))
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl<'a> Server<'a> {
    pub fn new(port: u16, answers: Answers<'a>) -> Server<'a> {
        let none = || AtomicUsize::new(0);
        Server { port, answers, policy: html::served_policy(), connected: none(), waiting: none() }
    }

    /// Serves until the process ends.
    pub fn serve<'s>(&'s self, scope: &'s Scope<'s, '_>, listener: &TcpListener) {
        for stream in listener.incoming() {
            // A connection that is gone before it is taken is nobody's fault; where there are no more, a while helps.
            let Ok(mut stream) = stream else {
                std::thread::sleep(Duration::from_millis(50));
                continue;
            };
            let Some(seat) = Seat::take(&self.connected, CONNECTIONS) else {
                let _ = self.send(&mut stream, &Answer::refused("503 Service Unavailable"));
                continue;
            };
            scope.spawn(move || {
                // A client that went away takes its answer with it.
                let _ = self.talk(&mut stream);
                drop(seat);
            });
        }
    }

    fn talk(&self, stream: &mut TcpStream) -> io::Result<()> {
        stream.set_write_timeout(Some(Duration::from_secs(CLIENT_SECONDS)))?;
        stream.set_nodelay(true)?;
        let request = match Request::read(stream, self.port) {
            Ok(request) => request,
            Err(refusal) => return self.send(stream, &Answer::refused(status(refusal))),
        };
        if request.path != "events" {
            return self.send(stream, &self.answers.to(&request));
        }
        match Seat::take(&self.waiting, WAITING_PAGES) {
            Some(_seat) => self.tell(stream, request.value("drawn")),
            None => self.send(stream, &Answer::refused("503 Service Unavailable")),
        }
    }

    fn send(&self, stream: &mut TcpStream, answer: &Answer) -> io::Result<()> {
        let mut head = self.head(answer.status, answer.content_type);
        head.push_str(&format!("content-length: {}\r\n", answer.body.len()));
        if !answer.file_name.is_empty() {
            head.push_str(&format!("content-disposition: attachment; filename=\"{}\"\r\n", answer.file_name));
        }
        if answer.status.starts_with("405") {
            head.push_str("allow: GET\r\n");
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes())?;
        stream.write_all(&answer.body)
    }

    /// The status and what every answer says: nobody else may show, frame, embed or keep it.
    fn head(&self, status: &str, content_type: &str) -> String {
        format!(
            "HTTP/1.1 {status}\r\n\
             content-type: {content_type}\r\n\
             content-security-policy: {}; frame-ancestors 'none'\r\n\
             cross-origin-resource-policy: same-origin\r\n\
             cross-origin-opener-policy: same-origin\r\n\
             x-content-type-options: nosniff\r\n\
             referrer-policy: no-referrer\r\n\
             cache-control: no-store\r\n\
             connection: close\r\n",
            self.policy
        )
    }

    /// Says the number of each reading that the page does not have, as server-sent events, for as long as it listens.
    ///
    /// Source: HTML standard, "Server-sent events".
    fn tell(&self, stream: &mut TcpStream, drawn: Option<&str>) -> io::Result<()> {
        stream.write_all(self.head("200 OK", "text/event-stream").as_bytes())?;
        stream.write_all(b"\r\nretry: 500\n\n")?;
        let mut known = drawn.and_then(|drawn| drawn.parse().ok()).unwrap_or(0);
        let mut said = Instant::now();
        while is_there(stream)? {
            let reading = self.answers.studio.reading(known, LOOK);
            if reading != known {
                known = reading;
                stream.write_all(format!("data: {reading}\n\n").as_bytes())?;
                said = Instant::now();
            } else if said.elapsed() >= PING {
                stream.write_all(b":\n\n")?;
                said = Instant::now();
            }
        }
        Ok(())
    }
}

const fn status(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Bad => "400 Bad Request",
        Refusal::NotGet => "405 Method Not Allowed",
        Refusal::OtherHost => "421 Misdirected Request",
        Refusal::TooLarge => "431 Request Header Fields Too Large",
    }
}

/// Whether the other end has not closed the connection.
fn is_there(stream: &TcpStream) -> io::Result<bool> {
    stream.set_nonblocking(true)?;
    let peeked = stream.peek(&mut [0]);
    stream.set_nonblocking(false)?;
    match peeked {
        Ok(0) => Ok(false),
        Err(error) if error.kind() != ErrorKind::WouldBlock => Err(error),
        _ => Ok(true),
    }
}
