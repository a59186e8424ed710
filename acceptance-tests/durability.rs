//! What the local SageMaker keeps in its data file: everything that it has acknowledged, however it ends.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
    sync::mpsc::{self, Sender},
    thread,
};

use fastrand::Rng;
use serde_json::{Value as Json, json};

use crate::harness::{
    Backend,
    backend::{self, PROVIDER},
};

/// The clients that change objects at the same time, each its own.
const CLIENTS: usize = 4;
const EXPERIMENTS: usize = 5;
const ENDS: usize = 12;
/// Acknowledged changes between two ends are fewer.
const MOST: usize = 120;

/// What is known of an experiment; None: it does not exist.
type Known = Option<Experiment>;

#[derive(Debug, Clone, Default, PartialEq)]
struct Experiment {
    description: String,
    tags: BTreeSet<String>,
}

/// What a client knows: what was acknowledged, and the change that was not answered.
#[derive(Debug, Default)]
struct Client {
    known: BTreeMap<String, Known>,
    unanswered: Option<(String, Known)>,
}

#[test]
fn killing_it_at_any_moment_loses_nothing_that_was_acknowledged() {
    let directory = tempfile::tempdir().expect("a temporary directory can be created");
    let file = directory.path().join("objects");
    let mut random = Rng::with_seed(20_261_121);
    let mut clients: Vec<Client> = (0..CLIENTS).map(Client::new).collect();
    let mut unanswered = 0;
    for end in 0..ENDS {
        let backend = Backend::local_on(&file);
        let there = experiments(&backend);
        for client in &mut clients {
            unanswered += usize::from(client.unanswered.is_some());
            client.compare(&there, end);
        }
        let (acknowledged, received) = mpsc::channel();
        let seeds: Vec<u64> = clients.iter().map(|_| random.u64(..)).collect();
        let workers: Vec<_> = clients
            .drain(..)
            .zip(seeds)
            .map(|(mut client, seed)| {
                let (url, acknowledged) = (backend.url().to_owned(), acknowledged.clone());
                thread::spawn(move || {
                    client.change_until_the_end(&url, &mut Rng::with_seed(seed), &acknowledged);
                    client
                })
            })
            .collect();
        drop(acknowledged);
        assert!(received.iter().take(random.usize(1..MOST)).count() > 0, "nothing was acknowledged");
        drop(backend);
        clients.extend(workers.into_iter().map(|worker| worker.join().expect("a client met nothing unforeseen")));
    }
    // Else it was never killed at work, and nothing is proved.
    assert!(unanswered > 0);
}

/// Opening a FIFO would wait for a writer, and replacing a device would take it away from everybody.
#[cfg(unix)]
#[test]
fn a_fifo_or_a_device_is_refused_and_not_modified() {
    use std::os::unix::fs::FileTypeExt as _;
    let directory = tempfile::tempdir().expect("a temporary directory can be created");
    let fifo = directory.path().join("fifo");
    let status = Command::new("mkfifo").arg(&fifo).status().expect("mkfifo is installed");
    assert!(status.success());
    for path in [fifo.as_path(), Path::new("/dev/null")] {
        let before = path.symlink_metadata().expect("it is there").file_type();
        let run = Command::new(PROVIDER).args(["local", "--listen", "127.0.0.1:0", "--data"]).arg(path).output();
        let run = run.expect("the binary can be run");
        let stderr = String::from_utf8_lossy(&run.stderr);
        assert!(!run.status.success() && stderr.contains("is a device, a FIFO or a socket"), "{stderr}");
        let after = path.symlink_metadata().expect("it is still there").file_type();
        assert_eq!((after.is_fifo(), after.is_char_device()), (before.is_fifo(), before.is_char_device()));
    }
}

impl Client {
    fn new(number: usize) -> Self {
        let known =
            (0..EXPERIMENTS).map(|experiment| (format!("client-{number}-experiment-{experiment}"), None)).collect();
        Self { known, unanswered: None }
    }

    /// What was not answered has happened or has not; all else is as it was acknowledged.
    fn compare(&mut self, there: &BTreeMap<String, Experiment>, end: usize) {
        if let Some((name, after)) = self.unanswered.take()
            && there.get(&name) == after.as_ref()
        {
            self.known.insert(name, after);
        }
        for (name, known) in &self.known {
            assert_eq!(there.get(name), known.as_ref(), "{name} after end {end}");
        }
    }

    fn change_until_the_end(&mut self, url: &str, random: &mut Rng, acknowledged: &Sender<()>) {
        loop {
            let name = random.choice(self.known.keys()).expect("there are some").clone();
            let (operation, input, after) = change(&name, &self.known[&name], random);
            match backend::call(url, operation, &input) {
                Ok(Ok(_)) => {
                    self.known.insert(name, after);
                    // Nobody counts any more once the end has come.
                    acknowledged.send(()).ok();
                }
                Ok(Err(refusal)) => panic!("{operation} {input}: {refusal:?}"),
                Err(_) => {
                    self.unanswered = Some((name, after));
                    return;
                }
            }
        }
    }
}

/// Something that can be done to it: operation, input, and what it is afterwards.
fn change(name: &str, known: &Known, random: &mut Rng) -> (&'static str, Json, Known) {
    let arn = format!("arn:aws:sagemaker:us-east-1:123456789012:experiment/{name}");
    let tag = format!("tag-{}", random.u8(0..4));
    let Some(mut experiment) = known.clone() else {
        let (description, tags) = (random.u32(..).to_string(), BTreeSet::from([tag.clone()]));
        let input =
            json!({ "ExperimentName": name, "Description": description, "Tags": [{ "Key": tag, "Value": "" }] });
        return ("CreateExperiment", input, Some(Experiment { description, tags }));
    };
    match random.u8(0..8) {
        0 => ("DeleteExperiment", json!({ "ExperimentName": name }), None),
        1..4 => {
            experiment.description = random.u32(..).to_string();
            let input = json!({ "ExperimentName": name, "Description": experiment.description });
            ("UpdateExperiment", input, Some(experiment))
        }
        4..6 => {
            experiment.tags.insert(tag.clone());
            let input = json!({ "ResourceArn": arn, "Tags": [{ "Key": tag, "Value": "" }] });
            ("AddTags", input, Some(experiment))
        }
        _ => {
            experiment.tags.remove(&tag);
            ("DeleteTags", json!({ "ResourceArn": arn, "TagKeys": [tag] }), Some(experiment))
        }
    }
}

fn experiments(backend: &Backend) -> BTreeMap<String, Experiment> {
    let objects = backend.objects();
    let text = |value: &Json| value.as_str().expect("a text").to_owned();
    let experiment = |object: &Json| {
        let tags = object["tags"].as_object().expect("tags").keys().cloned().collect();
        (text(&object["name"]), Experiment { description: text(&object["members"]["Description"]), tags })
    };
    objects.as_array().expect("a list").iter().map(experiment).collect()
}
