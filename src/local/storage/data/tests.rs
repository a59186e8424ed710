//! Tests of `data.rs`.

use super::*;
use crate::{
    local::{
        outcome::Outcome,
        tests::bench::{Bench, names, text},
    },
    value::Value,
};

/// A directory with the name of a data file in it.
fn place() -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("stack");
    (directory, file)
}

fn model(name: &str) -> String {
    format!(r#"{{"ModelName":"{name}","PrimaryContainer":{{"Image":"i"}},"Tags":[{{"Key":"k","Value":"v"}}]}}"#)
}

fn models(bench: &Bench) -> Vec<String> {
    names(&bench.ok("ListModels", r#"{"SortBy":"Name","SortOrder":"Ascending"}"#), "Models", "ModelName")
}

/// A file that holds the models `a`, `b` and `c`, each in a line of its own.
fn with_three_models(file: &Path) -> Vec<u8> {
    let bench = Bench::on(file).unwrap();
    for name in ["a", "b", "c"] {
        bench.ok("CreateModel", &model(name));
    }
    // A rewritten file has a line for each object.
    drop(bench.restarted(file));
    fs::read(file).unwrap()
}

/// Where the line of that number begins.
fn begin_of(bytes: &[u8], line: usize) -> usize {
    let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(place, _)| place + 1);
    ends.take(line - 1).last().unwrap_or(0)
}

#[test]
fn a_restart_keeps_objects_tags_settings_counters_and_what_is_on_its_way() {
    let (_directory, file) = place();
    let bench = Bench::on(&file).unwrap();
    bench.ok("CreateModel", &model("m"));
    let config = r#"{"EndpointConfigName":"c","ProductionVariants":[{"VariantName":"v","ModelName":"m",
        "InstanceType":"ml.m5.large","InitialInstanceCount":1}]}"#;
    bench.ok("CreateEndpointConfig", config);
    bench.ok("CreateEndpoint", r#"{"EndpointName":"e","EndpointConfigName":"c"}"#);
    bench.ok("CreateModelPackageGroup", r#"{"ModelPackageGroupName":"g"}"#);
    bench.ok("CreateModelPackage", r#"{"ModelPackageGroupName":"g"}"#);
    bench.ok("EnableSagemakerServicecatalogPortfolio", "{}");
    bench.ok("CreateExperiment", r#"{"ExperimentName":"x"}"#);
    bench.ok("DeleteExperiment", r#"{"ExperimentName":"x"}"#);
    bench.wait_half();
    let before = bench.state.objects();
    let bench = bench.restarted(&file);
    assert_eq!(bench.state.objects(), before);
    assert_eq!(text(&bench.ok("DescribeEndpoint", r#"{"EndpointName":"e"}"#), "EndpointStatus"), "Creating");
    bench.wait_half();
    let bench = bench.restarted(&file);
    assert_eq!(text(&bench.ok("DescribeEndpoint", r#"{"EndpointName":"e"}"#), "EndpointStatus"), "InService");
    let package = bench.ok("CreateModelPackage", r#"{"ModelPackageGroupName":"g"}"#);
    assert!(text(&package, "ModelPackageArn").ends_with("/g/2"), "versions are counted on");
    let portfolio = bench.ok("GetSagemakerServicecatalogPortfolioStatus", "{}");
    assert_eq!(text(&portfolio, "Status"), "Enabled");
    assert_eq!(bench.state.objects().elements().len(), 6);
}

#[test]
fn a_repeated_create_is_known_by_its_token_after_a_restart() {
    let (_directory, file) = place();
    let bench = Bench::on(&file).unwrap();
    let input = r#"{"ModelPackageGroupName":"g","ClientToken":"once"}"#;
    bench.ok("CreateModelPackageGroup", r#"{"ModelPackageGroupName":"g"}"#);
    let first = bench.ok("CreateModelPackage", input);
    let bench = bench.restarted(&file);
    assert_eq!(bench.ok("CreateModelPackage", input), first);
}

#[test]
fn what_is_removed_or_forgotten_stays_so() {
    let (_directory, file) = place();
    let bench = Bench::on(&file).unwrap();
    bench.ok("CreateModel", &model("a"));
    bench.ok("CreateModel", &model("b"));
    bench.ok("DeleteModel", r#"{"ModelName":"a"}"#);
    assert!(bench.change_out_of_band(
        "arn:aws:sagemaker:eu-central-1:123456789012:model/b",
        r#"{"EnableNetworkIsolation":true}"#
    ));
    let bench = bench.restarted(&file);
    assert_eq!(models(&bench), ["b"]);
    let shown = bench.ok("DescribeModel", r#"{"ModelName":"b"}"#);
    assert_eq!(shown.get("EnableNetworkIsolation").as_bool(), Some(true));
    bench.state.reset();
    assert_eq!(bench.restarted(&file).state.objects(), Value::List(Vec::new()));
}

#[test]
fn what_hangs_still_hangs_after_a_restart() {
    let (_directory, file) = place();
    let bench = Bench::on(&file).unwrap();
    let hub = r#"{"HubName":"h","HubDescription":"d"}"#;
    bench.ends("CreateHub", hub, Outcome::Never);
    let bench = bench.restarted(&file);
    bench.wait();
    assert_eq!(text(&bench.ok("DescribeHub", r#"{"HubName":"h"}"#), "HubStatus"), "Creating");
}

#[test]
fn a_last_line_that_breaks_off_anywhere_is_left_out() {
    let (_directory, file) = place();
    let whole = with_three_models(&file);
    let last = begin_of(&whole, 5);
    for length in last..whole.len() - 1 {
        fs::write(&file, &whole[..length]).unwrap();
        let bench = Bench::on(&file).unwrap();
        assert_eq!(models(&bench), ["a", "b"], "cut after {length} bytes");
        bench.ok("CreateModel", &model("d"));
        assert_eq!(models(&bench.restarted(&file)), ["a", "b", "d"], "cut after {length} bytes");
    }
}

#[test]
fn any_other_damage_is_reported_with_its_place_and_nothing_is_lost() {
    let (_directory, file) = place();
    let whole = with_three_models(&file);
    for (line, places) in [(4, begin_of(&whole, 4)..begin_of(&whole, 5)), (5, begin_of(&whole, 5)..whole.len())] {
        for place in places.clone() {
            let mut damaged = whole.clone();
            damaged[place] ^= 4;
            fs::write(&file, &damaged).unwrap();
            match Bench::on(&file).err() {
                Some(DataError::Damaged { line: found, offset, .. }) => {
                    assert_eq!((found, offset), (line, places.start), "byte {place}");
                }
                other => panic!("byte {place}: {other:?}"),
            }
            assert_eq!(fs::read(&file).unwrap(), damaged);
        }
    }
    let mut damaged = whole.clone();
    damaged[begin_of(&whole, 4) + 40] ^= 1;
    fs::write(&file, damaged).unwrap();
    let message = Bench::on(&file).err().unwrap().to_string();
    assert!(
        message.contains(&format!("line 4, which begins at byte {}: its checksum", begin_of(&whole, 4))),
        "{message}"
    );
}

#[test]
fn a_missing_or_repeated_line_is_found() {
    let (_directory, file) = place();
    let whole = with_three_models(&file);
    let [third, fourth, fifth] = [3, 4, 5].map(|line| begin_of(&whole, line));
    let without = [&whole[..third], &whole[fourth..]].concat();
    let repeated = [&whole[..fifth], &whole[fourth..]].concat();
    for (content, line, written) in [(without, 3, 4), (repeated, 5, 4)] {
        fs::write(&file, &content).unwrap();
        let message = Bench::on(&file).err().unwrap().to_string();
        let problem = format!("it was written as line {written}, so that lines are missing or repeated");
        assert!(message.contains(&format!("in line {line}, ")) && message.contains(&problem), "{message}");
        assert_eq!(fs::read(&file).unwrap(), content);
    }
}

#[test]
fn a_last_line_that_lacks_only_its_line_break_is_complete() {
    let (_directory, file) = place();
    let whole = with_three_models(&file);
    fs::write(&file, &whole[..whole.len() - 1]).unwrap();
    assert_eq!(models(&Bench::on(&file).unwrap()), ["a", "b", "c"]);
}

#[test]
fn a_file_that_was_only_begun_is_never_read() {
    let (_directory, file) = place();
    let whole = with_three_models(&file);
    for length in 0..=whole.len() {
        fs::write(beside(&file, ".unfinished"), &whole[..length]).unwrap();
        fs::write(&file, &whole[..begin_of(&whole, 5)]).unwrap();
        assert_eq!(models(&Bench::on(&file).unwrap()), ["a", "b"], "{length} bytes of the next file");
    }
    assert!(!beside(&file, ".unfinished").exists());
}

#[test]
fn a_file_that_has_grown_is_rewritten() {
    let (_directory, file) = place();
    let bench = Bench::on(&file).unwrap();
    bench.ok("CreateModel", &model("m"));
    let tags: Vec<String> = (0..49).map(|key| format!(r#"{{"Key":"{key}","Value":"{}"}}"#, "v".repeat(256))).collect();
    let arn = "arn:aws:sagemaker:eu-central-1:123456789012:model/m";
    let add = format!(r#"{{"ResourceArn":"{arn}","Tags":[{}]}}"#, tags.join(","));
    let mut longest = 0;
    for _ in 0..200 {
        bench.ok("AddTags", &add);
        longest = longest.max(fs::metadata(&file).unwrap().len());
    }
    let before = bench.state.objects();
    let bench = bench.restarted(&file);
    assert_eq!(bench.state.objects(), before);
    // All of it would be 2.7 MB.
    assert!(longest < 1_100_000, "{longest}");
}

#[test]
fn two_cannot_use_one_file_and_one_after_the_other_can() {
    let (directory, file) = place();
    let first = Bench::on(&file).unwrap();
    assert!(matches!(Bench::on(&file).err(), Some(DataError::InUse(_))));
    // By another name, too.
    let renamed = directory.path().join("renamed");
    fs::rename(&file, &renamed).unwrap();
    assert!(matches!(Bench::on(&renamed).err(), Some(DataError::InUse(_))));
    drop(first);
    assert!(Bench::on(&renamed).is_ok());
}

#[cfg(unix)]
#[test]
fn only_a_regular_file_of_one_name_is_used_and_anything_else_is_left_as_it_is() {
    let (directory, file) = place();
    let whole = with_three_models(&file);
    let at = |name: &str| directory.path().join(name);
    std::os::unix::fs::symlink(&file, at("link")).unwrap();
    std::os::unix::fs::symlink(at("nowhere"), at("dangling")).unwrap();
    fs::create_dir(at("directory")).unwrap();
    let socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
    for (path, what) in [
        (at("link"), "a link"),
        (at("dangling"), "a link"),
        (at("directory"), "a directory"),
        (at("socket"), "a device, a FIFO or a socket"),
        ("/dev/null".into(), "a device, a FIFO or a socket"),
    ] {
        let before = fs::symlink_metadata(&path).unwrap();
        let message = Bench::on(&path).err().unwrap().to_string();
        assert!(message.contains(&format!("` is {what}; name a regular file")), "{message}");
        assert_eq!(identity(&fs::symlink_metadata(&path).unwrap()), identity(&before), "{}", path.display());
    }
    assert!(!at("nowhere").exists());
    drop(socket);
    fs::hard_link(&file, at("second")).unwrap();
    for path in [&file, &at("second")] {
        let message = Bench::on(path).err().unwrap().to_string();
        assert!(message.contains("` is a file with several names (hard links); "), "{message}");
    }
    assert_eq!(fs::read(&file).unwrap(), whole);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_the_new_file_is_not_followed_and_the_owner_alone_can_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let (directory, file) = place();
    let victim = directory.path().join("victim");
    fs::write(&victim, "theirs").unwrap();
    std::os::unix::fs::symlink(&victim, beside(&file, ".unfinished")).unwrap();
    let bench = Bench::on(&file).unwrap();
    bench.ok("CreateModel", &model("m"));
    assert_eq!(models(&bench.restarted(&file)), ["m"]);
    assert_eq!(fs::read_to_string(&victim).unwrap(), "theirs");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn files_of_others_are_refused_in_words_and_left_as_they_are() {
    let (_directory, file) = place();
    let name = fs::canonicalize(file.parent().unwrap()).unwrap().join("stack");
    let name = name.display();
    for (content, message) in [
        ("{\"format\": 1}\n", format!("`{name}` is not a data file of `local`; it was left as it is")),
        ("x", format!("`{name}` is not a data file of `local`; it was left as it is")),
        (
            "terraform-provider-sagemaker local, format 3, anything\n",
            format!("the data file `{name}` was written by another version (format 3; this version reads 2)"),
        ),
        (
            "terraform-provider-sagemaker local, format 2, account 000000000001\n",
            format!("the data file `{name}` belongs to account 000000000001; start with `--account 000000000001`"),
        ),
    ] {
        fs::write(&file, content).unwrap();
        assert_eq!(Bench::on(&file).err().unwrap().to_string(), message);
        assert_eq!(fs::read_to_string(&file).unwrap(), content);
        assert!(!beside(&file, ".unfinished").exists(), "nothing is left beside it");
    }
    let elsewhere = file.join("below/a/file");
    assert!(matches!(Bench::on(&elsewhere).err(), Some(DataError::Open { .. })));
}

#[test]
fn an_empty_file_is_a_beginning() {
    let (_directory, file) = place();
    fs::write(&file, "").unwrap();
    let bench = Bench::on(&file).unwrap();
    bench.ok("CreateModel", &model("m"));
    assert_eq!(models(&bench.restarted(&file)), ["m"]);
}
