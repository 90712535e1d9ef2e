//! `zhidian serve` as a process: what it prints where, and how it ends.

use crate::{dossier, stderr, zhidian};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

struct Serving {
    process: Child,
    address: String,
}

impl Serving {
    fn start(more: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_zhidian"))
            .args(["serve", &dossier("quzhou"), "--port", "0", "--read-only", "--lang", "en"])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").and_then(|rest| rest.strip_suffix('/'));
        Self { address: address.unwrap_or_else(|| panic!("no address: {line:?}")).to_owned(), process }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let host = &self.address;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn the_address_is_the_one_line_of_data_and_a_signal_ends_it_well() {
    let mut serving = Serving::start(&[]);
    assert!(serving.get("/api/d/quzhou-zh").starts_with("HTTP/1.1 200"));
    assert!(serving.get("/").contains("content-security-policy"));
    let pid = serving.process.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    let status = serving.process.wait().unwrap();
    assert_eq!(status.code(), Some(0));
    let (mut rest, mut said) = (String::new(), String::new());
    serving.process.stdout.as_mut().unwrap().read_to_string(&mut rest).unwrap();
    serving.process.stderr.as_mut().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(rest, "");
    assert!(said.contains("read 3 documents") && said.contains("stopping"), "{said}");
}

#[test]
fn a_port_that_is_taken_and_an_open_address_are_refused_with_what_to_do() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let busy = zhidian(&["serve", &dossier("quzhou"), "--port", &port]);
    assert_eq!(busy.status.code(), Some(2));
    assert!(stderr(&busy).contains("--port 0"), "{}", stderr(&busy));
    let open = zhidian(&["serve", &dossier("quzhou"), "--port", "0", "--host", "0.0.0.0"]);
    assert_eq!(open.status.code(), Some(2));
    assert!(stderr(&open).contains("--token"), "{}", stderr(&open));
    let guessed =
        zhidian(&["serve", &dossier("quzhou"), "--port", "0", "--host", "0.0.0.0", "--token", "short"]);
    assert_eq!(guessed.status.code(), Some(2));
    let nowhere = zhidian(&["serve", "/nowhere", "--port", "0"]);
    assert_eq!(nowhere.status.code(), Some(3), "{}", stderr(&nowhere));
}
