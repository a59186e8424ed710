//! The table of endings, and the reasons for those that are not as expected.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fmt::Write as _,
    fs,
    path::PathBuf,
};

use expect_test::expect_file;
use serde::Deserialize;

use super::cell::{Cell, Ending, FAILURES, Operation, Scenario};

/// What was tried, and how it ended.
#[derive(Default)]
pub(super) struct Table {
    /// The worst ending of each row and column, and in which cell it was seen.
    endings: BTreeMap<Row, BTreeMap<String, (Ending, String)>>,
    tried: usize,
    /// How many cells there are.
    all: usize,
}

/// Operation and case.
type Row = (Operation, String);

/// What the file says, by operation, case and column.
type Words = BTreeMap<(String, String, String), String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reasons {
    reason: Vec<Reason>,
}

/// Why some endings are not as expected.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    operation: Operation,
    /// Columns of the table. Empty: all.
    #[serde(default)]
    faults: BTreeSet<String>,
    /// Empty: all.
    #[serde(default)]
    cases: BTreeSet<String>,
    text: String,
}

impl Reason {
    fn covers(&self, (operation, case): &Row, column: &str) -> bool {
        self.operation == *operation
            && (self.faults.is_empty() || self.faults.contains(column))
            && (self.cases.is_empty() || self.cases.contains(case))
    }
}

impl Table {
    /// Adds what was tried of so many cells.
    pub(super) fn add(&mut self, scenario: &Scenario<'_>, endings: Vec<(Ending, Cell)>, all: usize) {
        self.tried += endings.len();
        self.all += all;
        let row = self.endings.entry((scenario.operation(), scenario.case().to_owned())).or_default();
        for (ending, cell) in endings {
            let seen = row.entry(cell.failure.to_string()).or_insert((Ending::AtOnce, String::new()));
            if ending > seen.0 {
                *seen = (ending, cell.to_string());
            }
        }
    }

    /// What is not as expected has a reason; and if all was tried, no reason is left over.
    pub(super) fn expect_reasons(&self) {
        let reasons = reasons();
        let wrong = || {
            self.endings.iter().flat_map(|(row, endings)| {
                endings.iter().filter_map(move |(column, (ending, cell))| match ending {
                    Ending::Wrong(how) => Some((row, column, how, cell)),
                    _ => None,
                })
            })
        };
        let unexplained: Vec<String> = wrong()
            .filter(|(row, column, ..)| !reasons.iter().any(|reason| reason.covers(row, column)))
            .map(|((operation, case), column, how, cell)| format!("{case}, {operation}, {column}, {cell}: {how}"))
            .collect();
        assert!(
            unexplained.is_empty(),
            "{} endings are not as expected. A key of the definition is missing, or \
             src/simulation/faults/reasons.toml needs a reason\n\n{}",
            unexplained.len(),
            unexplained.join("\n\n")
        );
        let unused = |reason: &&Reason| !wrong().any(|(row, column, ..)| reason.covers(row, column));
        let unused: Vec<&str> = reasons.iter().filter(unused).map(|reason| reason.text.as_str()).collect();
        assert!(!self.is_whole() || unused.is_empty(), "reasons that nothing needs any more: {unused:#?}");
    }

    /// True if all cells of all cases were tried.
    fn is_whole(&self) -> bool {
        self.tried == self.all && env::var("CASE").is_err()
    }

    /// The file is as it would be generated, with the rows of other cases as they are; or, where only some of the cells
    /// were tried, it says nothing better of them.
    pub(super) fn expect_file(&self) {
        let written = read(&fs::read_to_string(file()).expect("the table is there"));
        if self.tried < self.all {
            return self.expect_within(&written);
        }
        let mut words = if self.is_whole() { Words::new() } else { written };
        words.retain(|(_, case, _), _| !self.endings.keys().any(|(_, tried)| tried == case));
        words.extend(self.words());
        expect_file![file()].assert_eq(&to_text(&words));
    }

    fn expect_within(&self, known: &Words) {
        for ((operation, case), endings) in &self.endings {
            assert!(
                known.keys().any(|(_, written, _)| written == case),
                "docs/development/faults.md has no row for {case}: \
                 `CASE={case} FAULTS=all UPDATE_EXPECT=1 cargo test --lib simulation::faults` adds it"
            );
            for (column, (ending, cell)) in endings {
                let written =
                    known.get(&(operation.to_string(), case.clone(), column.clone())).map_or("", String::as_str);
                let untried = written.is_empty();
                let allowed = match ending {
                    Ending::AtOnce => true,
                    Ending::Again => written != "yes",
                    Ending::Later => matches!(written, "later" | "untaint" | "import") || written.starts_with("no"),
                    Ending::AfterUntaint => matches!(written, "untaint" | "import") || written.starts_with("no"),
                    Ending::AfterImport => written == "import" || written.starts_with("no"),
                    Ending::Wrong(_) => written.starts_with("no"),
                };
                assert!(
                    allowed || untried,
                    "{case}, {operation}, {column}, {cell}: {ending:?}, but the table says {written:?}"
                );
            }
        }
    }

    fn words(&self) -> Words {
        let reasons = reasons();
        let words = self.endings.iter().flat_map(|(row, endings)| {
            let reasons = &reasons;
            endings.iter().map(move |(column, (ending, _))| {
                ((row.0.to_string(), row.1.clone(), column.clone()), word(ending, row, column, reasons))
            })
        });
        words.collect()
    }
}

fn to_text(words: &Words) -> String {
    let mut text = HEAD.to_owned();
    for operation in [Operation::Create, Operation::Update, Operation::Delete] {
        let operation = operation.to_string();
        let _ = write!(text, "\n## {operation}\n\n| case |");
        FAILURES.iter().for_each(|failure| write!(text, " {failure} |").expect("a text takes more"));
        let _ = write!(text, "\n| --- |{}\n", " --- |".repeat(FAILURES.len()));
        let cases: BTreeSet<&String> =
            words.keys().filter(|(of, ..)| *of == operation).map(|(_, case, _)| case).collect();
        for case in cases {
            let _ = write!(text, "| {case} |");
            for failure in FAILURES {
                let cell = (operation.clone(), case.clone(), failure.to_string());
                let _ = write!(text, " {} |", words.get(&cell).map_or("", String::as_str));
            }
            text.push('\n');
        }
    }
    text.push_str("\n## Reasons\n\n");
    for (place, reason) in reasons().iter().enumerate() {
        let _ = writeln!(text, "{}. {}", place + 1, reason.text);
    }
    text
}

fn word(ending: &Ending, row: &Row, column: &str, reasons: &[Reason]) -> String {
    match ending {
        Ending::AtOnce => "yes".to_owned(),
        Ending::Again => "again".to_owned(),
        Ending::Later => "later".to_owned(),
        Ending::AfterUntaint => "untaint".to_owned(),
        Ending::AfterImport => "import".to_owned(),
        Ending::Wrong(_) => {
            let place = reasons.iter().position(|reason| reason.covers(row, column));
            place.map_or_else(|| "no".to_owned(), |place| format!("no ({})", place + 1))
        }
    }
}

fn read(text: &str) -> Words {
    let (mut operation, mut columns, mut found) = (String::new(), Vec::new(), Words::new());
    for line in text.lines() {
        let words: Vec<String> = line.trim_matches('|').split('|').map(|word| word.trim().to_owned()).collect();
        match words.as_slice() {
            [title] => operation = title.strip_prefix("## ").map_or(operation, str::to_owned),
            [first, rest @ ..] if first == "case" => columns = rest.to_vec(),
            [separator, ..] if separator == "---" => {}
            [case, rest @ ..] => {
                let cells = columns.iter().zip(rest);
                found.extend(
                    cells.map(|(column, word)| ((operation.clone(), case.clone(), column.clone()), word.clone())),
                );
            }
            [] => {}
        }
    }
    found
}

fn reasons() -> Vec<Reason> {
    let reasons: Reasons = toml::from_str(include_str!("reasons.toml")).expect("reasons as described in their file");
    reasons.reason
}

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/development/faults.md")
}

const HEAD: &str = "\
# Faults

Generated by `UPDATE_EXPECT=1 FAULTS=all cargo test --lib simulation::faults`, which takes some minutes, or for one case by the same with
`CASE=<name>`; not to be edited by hand.

Each case of `acceptance-tests/cases/` runs in the simulation (see [testing.md](testing.md)) up to a create, an update or a delete. One request
that this operation sends for the resource that the case is about meets a fault: each request is tried with each fault, with transitions
of 0.3 s and of 6 s. (Of the requests of a wait, the first, the second and the last are tried.) Then Terraform runs again until it is
done, at most three times. In the end the service has to hold what it holds without the fault: the same objects with the same members, statuses
included, so that what ran runs; nothing twice. The state has to hold all of it, a plan has to be empty, and a destroy has to leave
what it leaves without the fault.

A cell is the worst of all its requests:

| | |
| --- | --- |
| yes | the operation succeeds nevertheless |
| again | the operation fails, and the next one completes it |
| later | the operation fails, and so does the next one, since the object is still changing; the first one after that completes it |
| untaint | the operation fails, Terraform marks the object as tainted, a message asks for `terraform untaint`, and after that it is completed |
| import | the operation fails, a message names the import of the object that is there, and after that import it is completed |
| no | not as expected; the reason is below |
| (empty) | not tried |

| fault | |
| --- | --- |
| refused | the service refuses the request (`AccessDeniedException`) |
| failed before, failed after | the service answers `InternalFailure`, and has done nothing or everything |
| lost reply | the connection breaks when the service has done everything |
| half a reply | the service has done everything, and the reply ends in the middle |
| throttled | the service answers `ThrottlingException` |
| hung | nothing is done, and no reply comes |
| killed before, killed after | the provider and Terraform are killed when nothing or everything is done, and no state is saved |
| interrupted | Ctrl-C while the request is on its way |

*given up* means that the client does not repeat the request (`max_retries = 1`).
";
