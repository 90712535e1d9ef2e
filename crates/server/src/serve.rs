//! The way of the server from its first to its last moment.

use crate::{
    app::App,
    around::around,
    guard::{Guard, TOKEN},
    listen::listen,
    operations, watch,
};
use std::{io, net::SocketAddr, path::PathBuf, sync::Arc};
use tokio::net::TcpListener;
use zhidian_ledger::Run;
use zhidian_model::Text;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// The dossiers.
    pub paths: Vec<PathBuf>,
    /// The address to listen at; port 0 takes any that is free.
    pub address: SocketAddr,
    /// What a request must bring. Needed for an address that other machines can reach.
    pub token: Option<String>,
    /// Read the dossiers again when they change.
    pub watch: bool,
    /// Keep no answer of a person.
    pub read_only: bool,
    /// How many threads engines may use.
    pub threads: usize,
}

/// What happens meanwhile.
#[derive(Clone, Debug)]
pub enum Told {
    /// Requests are taken in; they wait until the dossiers are read.
    Listening(SocketAddr),
    /// What is being done, done, of.
    Progress(String, u64, u64),
    /// Everything is answered: documents, statements, problems of the data.
    Ready(usize, usize, usize),
    /// The dossiers were read again: the generation.
    ReadAgain(u64),
    /// They could not be; what was read before stays.
    NotRead(Text),
    /// It was told to stop.
    Stopping,
}

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Other machines could reach it without a token.
    #[error("failed to serve at {0}: an address that other machines can reach needs a token")]
    Open(SocketAddr),
    /// The token can be guessed.
    #[error("failed to serve: the token needs at least {TOKEN} characters")]
    Token,
    /// Something else listens there.
    #[error("failed to listen at {0}: the port is taken")]
    Busy(SocketAddr),
    /// The address cannot be listened at.
    #[error("failed to listen at {0}: {1}")]
    Address(SocketAddr, io::Error),
    /// The dossiers cannot be read.
    #[error("{}", .0.en)]
    Dossiers(Text),
    /// No threads can be had.
    #[error("failed to start: {0}")]
    System(#[from] io::Error),
}

type Tell = Arc<dyn Fn(Told) + Send + Sync>;

/// A server that is bound and has not begun.
pub struct Server {
    app: Arc<App>,
    listener: TcpListener,
    options: Options,
    tell: Tell,
}

/// Serves until SIGINT or SIGTERM. Blocks.
///
/// # Errors
/// When it cannot begin; nothing is left behind then.
pub fn serve(options: Options, tell: impl Fn(Told) + Send + Sync + 'static) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let server = Server::bind(options, tell).await?;
        server.run(stopped()).await
    });
    // A run that does not look up whether it was cancelled is not waited for.
    runtime.shutdown_timeout(std::time::Duration::from_secs(2));
    served
}

impl Server {
    /// Takes the address.
    ///
    /// # Errors
    /// When it may not be served there, or something else is.
    pub async fn bind(
        options: Options,
        tell: impl Fn(Told) + Send + Sync + 'static,
    ) -> Result<Self, ServeError> {
        let address = options.address;
        let loopback = address.ip().is_loopback();
        match &options.token {
            None if !loopback => return Err(ServeError::Open(address)),
            Some(token) if token.chars().count() < TOKEN => return Err(ServeError::Token),
            _ => {}
        }
        let listener = TcpListener::bind(address).await.map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => ServeError::Busy(address),
            _ => ServeError::Address(address, error),
        })?;
        let guard = Guard::new(options.token.clone(), loopback);
        let app = App::new(options.paths.clone(), options.read_only, guard);
        Ok(Self { app, listener, options, tell: Arc::new(tell) })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// The routes by themselves, answered from the dossiers as they are now.
    ///
    /// # Errors
    /// When the dossiers cannot be read.
    pub async fn routes(self) -> Result<axum::Router, ServeError> {
        read(&self.app, &self.options, &self.tell).await?;
        Ok(around(operations::router(self.app.clone()), &self.app))
    }

    /// Serves until told to stop.
    ///
    /// # Errors
    /// When the dossiers cannot be read.
    pub async fn run(self, stop: impl Future<Output = ()>) -> Result<(), ServeError> {
        let Self { app, listener, options, tell } = self;
        tell(Told::Listening(listener.local_addr()?));
        let router = around(operations::router(app.clone()), &app);
        let listening = tokio::spawn(listen(listener, router, app.ending()));
        let read = {
            let reading = read(&app, &options, &tell);
            tokio::pin!(reading, stop);
            tokio::select! {
                read = &mut reading => match read {
                    Ok(()) => {
                        if options.watch {
                            tokio::spawn(watch::watch(app.clone(), tell.clone()));
                        }
                        stop.await;
                        Ok(())
                    }
                    Err(error) => Err(error),
                },
                () = &mut stop => Ok(()),
            }
        };
        if read.is_ok() {
            tell(Told::Stopping);
        }
        app.end();
        let _ = listening.await;
        read
    }
}

/// Reads the dossiers and answers everything.
async fn read(app: &Arc<App>, options: &Options, tell: &Tell) -> Result<(), ServeError> {
    let (app, tell, threads) = (app.clone(), tell.clone(), options.threads);
    let ending = app.ending();
    let read = tokio::task::spawn_blocking(move || {
        let progress = |stage: &str, done, of| tell(Told::Progress(stage.to_owned(), done, of));
        let cancelled = || *ending.borrow();
        let snapshot = app.reload(&Run { seed: 0, threads, cancelled: &cancelled, progress: &progress })?;
        let assessment = &snapshot.view.ledger.assessment;
        let (documents, statements) = (assessment.documents.len(), assessment.answers.len());
        tell(Told::Ready(documents, statements, assessment.problems.len()));
        Ok(())
    });
    match read.await {
        Ok(read) => read.map_err(ServeError::Dossiers),
        Err(_) => Err(ServeError::Dossiers(Text::new("程序内部错误", "a fault of ours"))),
    }
}

/// Waits for Ctrl-C or SIGTERM.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
