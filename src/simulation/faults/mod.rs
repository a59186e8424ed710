//! Every fault at every call of every kind: one request of a create, an update or a delete fails; whoever runs Terraform
//! tries again, imports what a message asks to import, and in the end everything has to be as without the fault: what runs
//! included, nothing doubled, nothing orphaned. The result is the table in `docs/development/faults.md`.
//!
//! To try all cells takes minutes, so a plain test run tries some of them and holds them to the table. `FAULTS=all` tries
//! all, `FAULTS=20` so many of each operation of each case. `FAULTS=all UPDATE_EXPECT=1` writes the table, with
//! `CASE=endpoint` the rows of that case.

mod cell;
mod late;
mod shape;
mod table;

use std::{
    env,
    sync::{Mutex, PoisonError},
};

use fastrand::Rng;

use self::{cell::Scenario, table::Table};
use super::{case::Case, for_each};

/// How many cells of each operation of each case a plain test run tries.
const SAMPLE: usize = 6;

/// A plain test run tries the same cells every time.
const SEED: u64 = 10;

#[test]
fn every_fault_ends_as_the_table_says() {
    let sample = env::var("FAULTS").map_or(SAMPLE, |count| if count == "all" { usize::MAX } else { number(&count) });
    let cases = Case::all();
    let found = Mutex::new(Table::default());
    let scenarios: Vec<_> = cases.iter().flat_map(Scenario::of).collect();
    for_each(&scenarios, Scenario::name, |scenario| {
        let expected = scenario.expected();
        let mut cells = scenario.cells(&expected);
        let all = cells.len();
        Rng::with_seed(SEED).shuffle(&mut cells);
        cells.truncate(sample);
        let endings: Vec<_> = cells.into_iter().map(|cell| (scenario.ending(&cell, &expected), cell)).collect();
        found.lock().unwrap_or_else(PoisonError::into_inner).add(scenario, endings, all);
    });
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.expect_reasons();
    found.expect_file();
}

fn number(text: &str) -> usize {
    text.parse().expect("FAULTS is `all` or a number")
}
