//! Over a socket: the token, the names it answers to, its limits, many readers, watching, and its end.

use crate::support::{copied, options, shipped};
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    task::JoinHandle,
};
use zhidian_server::{Options, ServeError, Server, Told};

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    served: JoinHandle<Result<(), ServeError>>,
    told: Arc<Mutex<Vec<String>>>,
}

async fn started(options: Options) -> Running {
    let told = Arc::new(Mutex::new(Vec::new()));
    let hears = told.clone();
    let server = Server::bind(options, move |event: Told| hears.lock().unwrap().push(format!("{event:?}")))
        .await
        .unwrap();
    let address = server.address().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let served = tokio::spawn(server.run(async {
        let _ = stopped.await;
    }));
    Running { address, stop, served, told }
}

impl Running {
    async fn ask(&self, request: &str) -> String {
        ask(self.address, request).await
    }

    async fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).await
    }

    async fn ended(self) {
        self.stop.send(()).unwrap();
        let ended = tokio::time::timeout(Duration::from_secs(20), self.served).await;
        ended.expect("it does not stop").unwrap().unwrap();
    }
}

async fn ask(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_comes_first_waits_and_the_server_stops_in_order() {
    let server = started(options(shipped(&["quzhou"]))).await;
    let answer = server.get("/api/d/quzhou-zh").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{}", &answer[..200.min(answer.len())]);
    let mut events = TcpStream::connect(server.address).await.unwrap();
    events.write_all(b"GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let mut first = [0; 2048];
    let mut heard = String::new();
    while !heard.contains("generation") {
        let read = events.read(&mut first).await.unwrap();
        heard += &String::from_utf8_lossy(&first[..read]);
    }
    let address = server.address;
    server.ended().await;
    let mut rest = Vec::new();
    events.read_to_end(&mut rest).await.unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "it still listens");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_other_hosts_and_changes_from_other_sites_are_refused() {
    let server = started(options(shipped(&["quzhou"]))).await;
    let rebound = server.ask("GET /api HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n").await;
    assert!(rebound.starts_with("HTTP/1.1 403"), "{rebound}");
    let body = "{\"text\":\"a\",\"dossier\":\"quzhou\"}";
    let forged = format!(
        "POST /api/texts HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    assert!(server.ask(&forged).await.starts_with("HTTP/1.1 403"));
    let own = forged.replace("http://evil.example", "http://localhost");
    assert!(server.ask(&own).await.starts_with("HTTP/1.1 202"));
    let large = "POST /api/texts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
                 Content-Length: 99999999\r\nConnection: close\r\n\r\n{";
    assert!(server.ask(large).await.starts_with("HTTP/1.1 413"));
    let broken = server.ask("GARBAGE\r\n\r\n").await;
    assert!(broken.is_empty() || broken.starts_with("HTTP/1.1 400"), "{broken}");
    server.ended().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_opens_what_is_closed() {
    let token = "0123456789abcdef";
    let closed = Options { token: Some(token.into()), ..options(shipped(&["quzhou"])) };
    let server = started(closed).await;
    assert!(server.get("/api").await.starts_with("HTTP/1.1 401"));
    assert!(server.get("/").await.starts_with("HTTP/1.1 401"));
    assert!(server.get("/?token=wrong").await.starts_with("HTTP/1.1 401"));
    let entered = server.get(&format!("/?token={token}")).await;
    assert!(entered.starts_with("HTTP/1.1 303") && entered.contains("HttpOnly"), "{entered}");
    let with = |header: &str| {
        format!("GET /api HTTP/1.1\r\nHost: localhost\r\n{header}\r\nConnection: close\r\n\r\n")
    };
    let bearer = server.ask(&with(&format!("Authorization: Bearer {token}"))).await;
    assert!(bearer.starts_with("HTTP/1.1 200"));
    let cookie = server.ask(&with(&format!("Cookie: zhidian-token={token}"))).await;
    assert!(cookie.starts_with("HTTP/1.1 200"));
    server.ended().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_served_is_not() {
    let reachable = Options { address: "0.0.0.0:0".parse().unwrap(), ..options(shipped(&["quzhou"])) };
    assert!(matches!(Server::bind(reachable.clone(), |_| ()).await, Err(ServeError::Open(_))));
    let short = Options { token: Some("short".into()), ..reachable };
    assert!(matches!(Server::bind(short, |_| ()).await, Err(ServeError::Token)));
    let first = started(options(shipped(&["quzhou"]))).await;
    let same = Options { address: first.address, ..options(shipped(&["quzhou"])) };
    assert!(matches!(Server::bind(same, |_| ()).await, Err(ServeError::Busy(_))));
    first.ended().await;
    let nothing = Server::bind(options(vec!["/nowhere".into()]), |_| ()).await.unwrap();
    let served = nothing.run(std::future::pending()).await;
    assert!(matches!(served, Err(ServeError::Dossiers(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_readers_are_all_answered() {
    let server = started(options(shipped(&["quzhou"]))).await;
    let address = server.address;
    let paths = [
        "/api",
        "/api/d/quzhou-zh",
        "/api/d/quzhou-zh/quzhou-zh-005",
        "/api/tables/observations?q=gdp&limit=5",
    ];
    let readers: Vec<_> = (0..200)
        .map(|n| {
            let path = paths[n % paths.len()];
            tokio::spawn(async move {
                let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                ask(address, &request).await
            })
        })
        .collect();
    for reader in readers {
        let answer = reader.await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{}", &answer[..300.min(answer.len())]);
    }
    server.ended().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dossier_that_changes_is_read_again_and_a_broken_one_is_not_taken() {
    let (_parent, dossier) = copied("quzhou");
    let watched = Options { watch: true, ..options(vec![dossier.clone()]) };
    let server = started(watched).await;
    assert!(server.get("/api").await.contains("\"generation\":1"));
    tokio::time::sleep(Duration::from_millis(300)).await;
    let document = dossier.join("documents/quzhou.zh.txt");
    let text = std::fs::read_to_string(&document).unwrap();
    std::fs::write(&document, format!("{text}\n2020年，衢州地区生产总值增速居浙江第二位。\n")).unwrap();
    until(&server, "\"generation\":2").await;
    assert!(server.get("/api/d/quzhou-zh").await.contains("contradicted"));
    let description = dossier.join("datapackage.json");
    let whole = std::fs::read_to_string(&description).unwrap();
    std::fs::write(&description, "{").unwrap();
    for _ in 0..200 {
        if server.told.lock().unwrap().iter().any(|told| told.starts_with("NotRead")) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(server.told.lock().unwrap().iter().any(|told| told.starts_with("NotRead")));
    assert!(server.get("/api/d/quzhou-zh").await.starts_with("HTTP/1.1 200"), "what was read before stays");
    std::fs::write(&description, whole.replace("\"title\"", "\"title\" ")).unwrap();
    until(&server, "\"generation\":3").await;
    server.ended().await;
}

async fn until(server: &Running, what: &str) {
    for _ in 0..200 {
        if server.get("/api").await.contains(what) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{what} does not come");
}
