//! Every command line of the provider's binary in a page uses subcommands and options that the binary knows.

use std::{collections::BTreeMap, process::Command, time::Duration};

use super::page::pages;
use crate::harness::{backend::PROVIDER, process};

const PROGRAM: &str = "terraform-provider-sagemaker";

#[test]
fn commands_in_pages_use_options_that_the_help_lists() {
    let (mut helps, mut faults, mut count) = (Helps::default(), Vec::new(), 0);
    for page in pages() {
        for block in page.blocks_in(&["sh", "shell", "console"]) {
            for arguments in block.text.replace("\\\n", "").lines().flat_map(commands) {
                count += 1;
                let found = helps.faults(&arguments);
                faults.extend(found.map(|fault| format!("{}:{}: {fault}", page.path.display(), block.line)));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(count > 5, "commands are found");
}

/// The arguments of each call of the program in a line, which may be part of a pipe.
fn commands(line: &str) -> Vec<Vec<String>> {
    let line = line.trim_start_matches("$ ");
    let calls = line.split(['|', '&', ';']).map(|call| call.split_whitespace().map(str::to_owned));
    calls.filter_map(|mut words| (words.next()? == PROGRAM).then(|| words.collect())).collect()
}

/// The texts of `-help`, by subcommand; without one, that of the program.
#[derive(Default)]
struct Helps(BTreeMap<Option<String>, String>);

impl Helps {
    fn faults(&mut self, arguments: &[String]) -> impl Iterator<Item = String> + use<> {
        let subcommand = arguments.first().filter(|first| !first.starts_with('-')).cloned();
        let main = self.of(None).to_owned();
        let unknown = subcommand.iter().filter(|name| !main.contains(&format!("\n    {name} ")));
        let unknown = unknown.map(|name| format!("`{name}` is not a subcommand")).collect::<Vec<_>>();
        let help = self.of(subcommand).to_owned();
        let options = arguments.iter().filter(|argument| argument.starts_with('-') && argument.len() > 1);
        let names = options.map(|option| option.trim_start_matches('-').split('=').next().unwrap_or_default());
        let is_known = |name: &str| {
            name == "help"
                || help.split_whitespace().any(|word| {
                    word.trim_matches(|it| "[]".contains(it)).trim_start_matches('-') == name && word.contains('-')
                })
        };
        let others = names.filter(|name| !is_known(name)).map(|name| format!("`{name}` is not an option"));
        let others: Vec<String> = others.collect();
        unknown.into_iter().chain(others)
    }

    fn of(&mut self, subcommand: Option<String>) -> &str {
        self.0.entry(subcommand.clone()).or_insert_with(|| {
            let mut command = Command::new(PROVIDER);
            command.args(subcommand).arg("-help");
            process::run(&mut command, Duration::from_secs(60)).stdout
        })
    }
}

#[test]
fn unknown_options_and_subcommands_are_found() {
    let faults = |line: &str| -> Vec<String> {
        commands(line).iter().flat_map(|arguments| Helps::default().faults(arguments)).collect()
    };
    assert_eq!(faults("$ terraform state pull | terraform-provider-sagemaker discover --state - --json"), [""; 0]);
    assert_eq!(faults("terraform-provider-sagemaker local --listen=127.0.0.1:0 &"), [""; 0]);
    assert_eq!(faults("terraform-provider-sagemaker discover --all"), ["`all` is not an option"]);
    assert_eq!(faults("terraform-provider-sagemaker explore"), ["`explore` is not a subcommand"]);
}
