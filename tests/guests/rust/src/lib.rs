//! A handler as a Rust developer writes it: the `wasi` crate for HTTP, the standard library for all the rest.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant, SystemTime};
use wasi::http::types::{Fields, IncomingRequest, OutgoingBody, OutgoingResponse, ResponseOutparam};

struct Handler;
wasi::http::proxy::export!(Handler);

impl wasi::exports::http::incoming_handler::Guest for Handler {
    fn handle(request: IncomingRequest, outparam: ResponseOutparam) {
        let path = request.path_with_query().unwrap_or_default();
        match path.as_str() {
            "/upper" => upper(request, outparam),
            "/std" => say(outparam, &standard_library()),
            "/panic" => panic!("the guest panics on purpose"),
            _ => {
                let who = std::env::var("WHO").unwrap_or_else(|_| "nobody".into());
                say(outparam, &format!("hello from rust {path} {who}\n"))
            }
        }
    }
}

fn begin(outparam: ResponseOutparam) -> OutgoingBody {
    let headers = Fields::new();
    headers.append("content-type", b"text/plain").unwrap();
    let response = OutgoingResponse::new(headers);
    let body = response.body().unwrap();
    ResponseOutparam::set(outparam, Ok(response));
    body
}

fn say(outparam: ResponseOutparam, text: &str) {
    let body = begin(outparam);
    let mut stream = body.write().unwrap();
    stream.write_all(text.as_bytes()).unwrap();
    stream.flush().unwrap();
    drop(stream);
    OutgoingBody::finish(body, None).unwrap();
}

/// Echoes in upper case through `std::io`, which uses the non-blocking half of the streams and their pollables.
fn upper(request: IncomingRequest, outparam: ResponseOutparam) {
    let incoming = request.consume().unwrap();
    let mut input = incoming.stream().unwrap();
    let body = begin(outparam);
    let mut output = body.write().unwrap();
    let mut buffer = vec![0; 16384];
    loop {
        let count = Read::read(&mut input, &mut buffer).unwrap();
        if count == 0 {
            break;
        }
        buffer[..count].make_ascii_uppercase();
        output.write_all(&buffer[..count]).unwrap();
    }
    output.flush().unwrap();
    drop(output);
    OutgoingBody::finish(body, None).unwrap();
}

/// What the standard library finds in this sandbox, one line each.
fn standard_library() -> String {
    let mut found = String::new();
    let began = Instant::now();
    std::thread::sleep(Duration::from_millis(5));
    println!("a line on stdout");
    eprintln!("a line on stderr");
    let seeded = std::collections::HashMap::from([("a", 1), ("b", 2)]);
    let year = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() / 31_556_952 + 1970;
    writeln!(found, "slept={}", began.elapsed() >= Duration::from_millis(5)).unwrap();
    writeln!(found, "map={}", seeded.len()).unwrap();
    writeln!(found, "year={}", year >= 2026).unwrap();
    writeln!(found, "file={}", std::fs::File::open("/etc/passwd").is_err()).unwrap();
    writeln!(found, "connect={}", TcpStream::connect("127.0.0.1:9").is_err()).unwrap();
    writeln!(found, "arguments={}", std::env::args().count()).unwrap();
    found
}
