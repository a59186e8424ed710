//! A command that has ended, and what a test expects of it.

use std::fmt;

/// A command that has ended, with all that is needed to understand it.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) command: String,
    /// The files of the root module, with numbered lines.
    pub(super) configuration: String,
}

impl Run {
    #[track_caller]
    pub(crate) fn expect_success(&self) -> &Self {
        assert!(self.code == Some(0), "failed unexpectedly\n{self}");
        self
    }

    /// Demands a failure whose message has all these parts, however its lines are wrapped.
    #[track_caller]
    pub(crate) fn expect_failure(&self, parts: &[&str]) -> &Self {
        assert!(self.code == Some(1), "should have failed\n{self}");
        self.expect_text(parts)
    }

    /// Demands that all these parts were said, however the lines are wrapped.
    #[track_caller]
    pub(crate) fn expect_text(&self, parts: &[&str]) -> &Self {
        let said = self.said();
        for part in parts {
            assert!(said.contains(part), "does not say `{part}`\n{self}");
        }
        self
    }

    /// All output as one line, without the frames that Terraform draws around messages.
    pub(crate) fn said(&self) -> String {
        let text = format!("{}\n{}", self.stdout, self.stderr).replace(['│', '╷', '╵'], " ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Display for Run {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, stdout, stderr, command, configuration } = self;
        let code = code.map_or_else(|| "a signal".to_owned(), |code| format!("exit code {code}"));
        write!(formatter, "{configuration}── {command}: {code}\n{stdout}\n── stderr\n{stderr}")
    }
}
