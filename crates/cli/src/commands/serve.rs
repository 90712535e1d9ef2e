//! `zhidian serve`: the same in the browser.

use crate::{
    arguments::Serve,
    outcome::{Exit, Failure},
    talk::{Progress, Talk},
};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Mutex,
};
use zhidian_ledger::Language;
use zhidian_server::{Options, ServeError, Told};

pub(crate) fn run(command: &Serve, talk: &Talk) -> Result<Exit, Failure> {
    let options = Options {
        paths: command.dossiers.clone(),
        address: SocketAddr::new(command.host, command.port),
        token: command.token.clone(),
        watch: command.watch,
        read_only: command.read_only,
        threads: std::thread::available_parallelism().map_or(1, Into::into),
    };
    let heard = Heard {
        talk: talk.clone(),
        token: command.token.is_some(),
        progress: Mutex::new(Some(talk.progress())),
    };
    zhidian_server::serve(options, move |told| heard.pass_on(told)).map_err(failure)?;
    Ok(Exit::Ok)
}

/// Passes on what happens: the address to stdout, everything else as talk.
struct Heard {
    talk: Talk,
    token: bool,
    progress: Mutex<Option<Progress>>,
}

impl Heard {
    fn pass_on(&self, told: Told) {
        let say = |zh: &str, en: &str| self.talk.say(zh, en);
        match told {
            Told::Listening(address) => {
                let shown = reachable(address);
                let _ = super::print(&format!("http://{shown}/\n"));
                if self.token {
                    say("首次访问请在地址后加 ?token=…", "add ?token=… to the address the first time");
                }
            }
            Told::Progress(stage, done, of) => {
                if let Ok(progress) = self.progress.lock()
                    && let Some(progress) = progress.as_ref()
                {
                    progress.report(&stage, done, of);
                }
            }
            Told::Ready(documents, statements, problems) => {
                if let Ok(mut progress) = self.progress.lock() {
                    progress.take();
                }
                say(
                    &format!(
                        "已读{documents}份文稿、{statements}条表述，数据有{problems}处问题；按 Ctrl-C 停止"
                    ),
                    &format!(
                        "read {documents} documents with {statements} statements; {problems} problems in the data; Ctrl-C stops"
                    ),
                );
            }
            Told::ReadAgain(_) => say("资料夹有变化，已重新读取", "a dossier changed and was read again"),
            Told::NotRead(problem) => {
                let why = self.talk.language.of(&problem);
                say(
                    &format!("资料夹有变化，但未能读取，仍显示原来的内容：{why}"),
                    &format!(
                        "a dossier changed and could not be read; what was read before is still shown: {why}"
                    ),
                );
            }
            Told::Stopping => say("正在停止", "stopping"),
        }
    }
}

/// An address that a browser here can open: 0.0.0.0 is every address, and none to go to.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(std::net::Ipv6Addr::LOCALHOST),
        other => other,
    };
    SocketAddr::new(ip, address.port())
}

fn failure(error: ServeError) -> Failure {
    let en = error.to_string();
    match error {
        ServeError::Open(address) => Failure::usage(
            format!(
                "{address} 可从其他机器访问，须以 --token 设口令（至少16个字符），或改用 --host 127.0.0.1"
            ),
            format!("{en}; set one with --token (at least 16 characters), or use --host 127.0.0.1"),
        ),
        ServeError::Token => Failure::usage("口令至少要有16个字符", en),
        ServeError::Busy(address) => Failure::usage(
            format!("端口 {} 已被占用；请用 --port 换一个，--port 0 表示任取一个空闲端口", address.port()),
            format!("{en}; choose another with --port, or --port 0 for any that is free"),
        ),
        ServeError::Address(address, reason) => {
            Failure::usage(format!("无法在 {address} 监听：{reason}"), en)
        }
        ServeError::Dossiers(text) => Failure::data(Language::Zh.of(&text), Language::En.of(&text)),
        ServeError::System(reason) => Failure::data(format!("无法启动：{reason}"), en),
    }
}
