//! Measures the build: seconds of a clean release build and the size of the binary.
//!
//! The build is a budget: it is measured, printed and kept beside the other measurements. The build goes to a folder
//! of its own that is removed first, so that nothing is reused and nothing else is lost.
use std::error::Error;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use serde::Serialize;

/// What `cargo xtask budget` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Folder the measured build goes to; it is emptied first
    #[arg(long, default_value = "target/budget")]
    target: PathBuf,
    /// Where the measurement goes
    #[arg(long, default_value = "bench/results/build.json")]
    out: PathBuf,
    /// Seconds a clean release build may take; more is an error
    #[arg(long, default_value_t = 360.0)]
    limit: f64,
}

/// One measurement.
#[derive(Serialize)]
struct Measurement {
    /// What was measured.
    bench: &'static str,
    /// Seconds from start to end.
    seconds: f64,
    /// Seconds of processor, all cores together, where the system tells; not disturbed by other work.
    processor_seconds: Option<f64>,
    /// Seconds that may pass.
    limit_seconds: f64,
    /// Bytes of the stripped binary.
    binary_bytes: u64,
    /// Packages that were compiled.
    packages: usize,
    /// Processors at hand.
    processors: usize,
    /// Load over one minute before and after, where the system tells.
    load: [Option<f64>; 2],
    /// The compiler.
    rustc: String,
}

impl Measurement {
    /// Did others use the processors too? The build alone brings the load to their number and a little over.
    fn busy(&self) -> bool {
        self.load.iter().flatten().any(|load| *load > 1.5 * self.processors as f64 + 1.0)
    }
}

/// Builds, measures, writes.
pub fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    if options.target.exists() {
        std::fs::remove_dir_all(&options.target)
            .map_err(|error| format!("failed to empty {}: {error}", options.target.display()))?;
    }
    let (before, used) = (load(), processor_seconds());
    let start = Instant::now();
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--release", "--locked", "--package", "zhidian", "--target-dir"])
        .arg(&options.target)
        .output()?;
    let seconds = (start.elapsed().as_secs_f64() * 10.0).round() / 10.0;
    let talk = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("failed to build the release: {talk}").into());
    }
    let binary = options.target.join("release").join(format!("zhidian{}", std::env::consts::EXE_SUFFIX));
    let measurement = Measurement {
        bench: "build",
        seconds,
        processor_seconds: processor_seconds().zip(used).map(|(after, before)| (after - before).round()),
        limit_seconds: options.limit,
        binary_bytes: std::fs::metadata(&binary)?.len(),
        packages: talk.lines().filter(|line| line.trim_start().starts_with("Compiling ")).count(),
        processors: std::thread::available_parallelism().map_or(1, usize::from),
        load: [before, load()],
        rustc: version(),
    };
    let text = serde_json::to_string_pretty(&measurement)? + "\n";
    if let Some(folder) = options.out.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&options.out, &text)?;
    print!("{text}");
    if seconds <= options.limit {
        Ok(())
    } else if measurement.busy() {
        eprintln!(
            "xtask: over {} s on a busy machine (load {:?}); measure again",
            options.limit, measurement.load
        );
        Ok(())
    } else {
        Err(format!("a clean release build took {seconds} s, more than {} s", options.limit).into())
    }
}

/// Load over one minute, on systems that have `/proc/loadavg`.
fn load() -> Option<f64> {
    std::fs::read_to_string("/proc/loadavg").ok()?.split_whitespace().next()?.parse().ok()
}

/// What the children waited for have used, on systems that have `/proc/self/stat`: its fields 16 and 17, in ticks of a
/// hundredth of a second, counted after the name in brackets.
fn processor_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = text.rsplit_once(") ")?;
    let fields: Vec<f64> =
        fields.split(' ').skip(13).take(2).map(str::parse).collect::<Result<_, _>>().ok()?;
    (fields.len() == 2).then(|| fields.iter().sum::<f64>() / 100.0)
}

fn version() -> String {
    let output = Command::new("rustc").arg("--version").output();
    output.map_or_else(|_| "unknown".into(), |o| String::from_utf8_lossy(&o.stdout).trim().into())
}
