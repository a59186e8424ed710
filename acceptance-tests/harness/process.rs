//! Other programs: commands that have to end in time, and servers that end with whoever started them.
//!
//! Knows nothing of Terraform and nothing of SageMaker.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::Duration,
};

/// What is left of a command that has ended.
#[derive(Debug)]
pub(crate) struct Finished {
    /// None if a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A command that may still be running. If it is not done within its limit, it is killed with all its children.
#[derive(Debug)]
pub(crate) struct Running {
    child: Child,
    stdout: JoinHandle<String>,
    stderr: JoinHandle<String>,
    done: Sender<()>,
    watchdog: JoinHandle<bool>,
}

/// A server on a loopback port, which ends when this value is dropped or this process ends, in whatever way.
#[derive(Debug)]
pub(crate) struct Server {
    guard: Child,
    lifeline: Option<ChildStdin>,
    /// As the server announced it: `http://127.0.0.1:4566`.
    pub(crate) url: String,
}

/// Runs a command to its end.
///
/// # Panics
/// If it cannot be started or takes longer than `limit`.
pub(crate) fn run(command: &mut Command, limit: Duration) -> Finished {
    Running::start(command, limit).finish()
}

impl Running {
    /// Starts a command as the leader of its own process group, so that its children can be reached too.
    pub(crate) fn start(command: &mut Command, limit: Duration) -> Self {
        Self::start_reading(Stdio::null(), command, limit)
    }

    /// The same, with what the command reads from its standard input.
    pub(crate) fn start_reading(input: Stdio, command: &mut Command, limit: Duration) -> Self {
        let mut child = command
            .process_group(0)
            .stdin(input)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?} cannot be started: {error}"));
        let group = child.id();
        let stdout = collect(child.stdout.take().expect("stdout is piped"));
        let stderr = collect(child.stderr.take().expect("stderr is piped"));
        let (done, ended) = mpsc::channel();
        let watchdog = thread::spawn(move || {
            let late = ended.recv_timeout(limit) == Err(RecvTimeoutError::Timeout);
            if late {
                signal_group(group, "KILL");
            }
            late
        });
        Self { child, stdout, stderr, done, watchdog }
    }

    /// Does what Ctrl-C in a terminal does: the command and all its children get the signal.
    pub(crate) fn interrupt(&self) {
        signal_group(self.child.id(), "INT");
    }

    /// Kills the command alone, which so has no chance to end its children.
    pub(crate) fn kill_leader(&mut self) {
        self.child.kill().expect("a process that was not waited for can be killed");
    }

    /// Kills those children of the command that run `program`.
    ///
    /// # Panics
    /// If there is none.
    pub(crate) fn kill(&self, program: &Path) {
        let children: Vec<u32> = group(self.child.id()).filter(|process| runs(*process, program)).collect();
        assert!(!children.is_empty(), "nothing runs {}", program.display());
        for child in children {
            // Fails only if it has just ended.
            let _ = Command::new("kill").args(["-KILL", &child.to_string()]).status();
        }
    }

    /// Waits for the end.
    ///
    /// # Panics
    /// If the command has to be killed for taking too long.
    pub(crate) fn finish(mut self) -> Finished {
        let status = self.child.wait().expect("a child can be waited for");
        let finished = Finished {
            code: status.code(),
            stdout: self.stdout.join().expect("the reader does not panic"),
            stderr: self.stderr.join().expect("the reader does not panic"),
        };
        drop(self.done);
        let late = self.watchdog.join().expect("the watchdog does not panic");
        assert!(!late, "killed for taking too long\n{}\n{}", finished.stdout, finished.stderr);
        finished
    }
}

impl Server {
    /// Starts a server and waits for its first line of output, `listening on URL`. What it writes to stderr goes to
    /// `log`.
    ///
    /// # Panics
    /// If the server says something else.
    pub(crate) fn start(command: &Command, log: &Path) -> Self {
        // The shell outlives nobody: when the other end of its stdin is closed, be it by the death of this process,
        // `cat` ends and the server is killed. It leaves stdout to the server alone, so a server that dies
        // early is noticed.
        let script =
            r#"log=$1; shift; "$@" 2>"$log" & server=$!; exec >/dev/null 2>&1; cat; kill -KILL $server; wait $server"#;
        let mut guard = Command::new("sh");
        guard.args(["-c", script, "guard"]).arg(log).arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => guard.env(name, value),
                None => guard.env_remove(name),
            };
        }
        let mut guard = guard
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("sh cannot be started: {error}"));
        let lifeline = guard.stdin.take();
        let mut line = String::new();
        BufReader::new(guard.stdout.take().expect("stdout is piped")).read_line(&mut line).expect("a pipe can be read");
        let mut server = Self { guard, lifeline, url: String::new() };
        let Some(url) = line.trim().strip_prefix("listening on ") else {
            server.end();
            let log = fs::read_to_string(log).unwrap_or_default();
            panic!("{command:?} did not say where it listens but `{}`; its log:\n{log}", line.trim());
        };
        url.clone_into(&mut server.url);
        server
    }

    fn end(&mut self) {
        drop(self.lifeline.take());
        // There is nobody to report a failure to while a test ends.
        let _ = self.guard.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// The full path of a program on `PATH`.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|directory| directory.join(program)).find(|file| File::open(file).is_ok())
}

fn collect(mut stream: impl Read + Send + 'static) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("a pipe can be read");
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// The processes of a process group.
fn group(leader: u32) -> impl Iterator<Item = u32> {
    let processes = fs::read_dir("/proc").expect("these tests run on Linux").filter_map(|entry| {
        let process: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        // The name, in parentheses, may hold anything; state, parent and group come after it.
        let group = stat.rsplit(')').next()?.split_whitespace().nth(2)?;
        Some((process, group.parse::<u32>().ok()?))
    });
    processes.filter(move |(_, group)| *group == leader).map(|(process, _)| process)
}

fn runs(process: u32, program: &Path) -> bool {
    fs::read_link(format!("/proc/{process}/exe")).is_ok_and(|running| running == program)
}

fn signal_group(group: u32, signal: &str) {
    // Fails if the group has just ended, and then there is nothing to signal.
    let _ = Command::new("kill").arg(format!("-{signal}")).arg("--").arg(format!("-{group}")).status();
}

#[test]
fn a_command_that_hangs_is_killed_with_its_children() {
    let outcome = std::panic::catch_unwind(|| {
        run(Command::new("sh").args(["-c", "sleep 600 & sleep 600"]), Duration::from_millis(100))
    });
    let message = *outcome.expect_err("the command never ends by itself").downcast::<String>().expect("a message");
    assert!(message.starts_with("killed for taking too long"), "{message}");
}

#[test]
fn a_server_that_dies_early_is_reported_with_its_log() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let log = directory.path().join("log");
    let outcome = std::panic::catch_unwind(|| {
        let mut command = Command::new("sh");
        command.args(["-c", "echo no such region >&2"]);
        Server::start(&command, &log)
    });
    let message = *outcome.expect_err("there is no server").downcast::<String>().expect("a message");
    assert!(message.contains("no such region"), "{message}");
}
