//! The data file: what `--data` names, line by line.
//!
//! The first line says what the file is. Each further line holds changes that were made durable together, in JSON, with
//! their length and a checksum before them. The file begins with everything there was when it was begun, and only grows,
//! until it is begun anew beside itself and takes its own place. So there is a whole file at every moment, and whatever
//! lacks the end of its last line was being written when the process ended, and was never acknowledged.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use super::{json, record, store::Region};
use crate::value::Value;

/// The file, open for changes.
#[derive(Debug)]
pub(super) struct Data {
    path: PathBuf,
    account: String,
    file: File,
    /// Bytes; as long as only [`Data::append`] was called since it was begun.
    begun_with: usize,
    /// Held for as long as this lives.
    _lock: File,
}

/// Why a data file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    #[error("the data file `{path}` cannot be opened")]
    Open { path: PathBuf, source: io::Error },
    #[error("the data file `{0}` is in use by another `local`")]
    InUse(PathBuf),
    #[error("`{0}` is not a data file of `local`; it was left as it is")]
    Foreign(PathBuf),
    #[error("the data file `{path}` was written by a newer version (format {format}; this version knows {FORMAT})")]
    Newer { path: PathBuf, format: u32 },
    #[error("the data file `{path}` belongs to account {account}; start with `--account {account}`")]
    OtherAccount { path: PathBuf, account: String },
    #[error(
        "the data file `{path}` is damaged in line {line}, which begins at byte {offset}: {problem}. It was left as it \
         is. Everything before that line is good: put back a copy, or shorten the file to {offset} bytes"
    )]
    Damaged { path: PathBuf, line: usize, offset: usize, problem: String },
    #[error("the data file `{path}` cannot be written")]
    Write { path: PathBuf, source: io::Error },
}

const FORMAT: u32 = 1;
const TITLE: &str = "terraform-provider-sagemaker local";

impl Data {
    /// Opens the file for the objects of an account, or begins it; with it comes what it holds.
    pub(super) fn open(file: &Path, account: &str) -> Result<(Self, BTreeMap<String, Region>), DataError> {
        let cannot_open = |source| DataError::Open { path: file.to_owned(), source };
        let path = real_path(file).map_err(cannot_open)?;
        // Nothing is left beside what is no data file.
        check_title(&path, account, &content(&path)?)?;
        let lock = lock(&path)?;
        let regions = read(&path, account, &content(&path)?)?;
        let (file, begun_with) =
            begin(&path, account, &record::all(&regions).iter().map(json::write).collect::<Vec<_>>())?;
        Ok((Self { path, account: account.to_owned(), file, begun_with, _lock: lock }, regions))
    }

    /// Adds changes. When this returns, they outlast a loss of power.
    pub(super) fn append(&mut self, changes: &[String]) -> Result<(), DataError> {
        let written = self.file.write_all(line(changes).as_bytes()).and_then(|()| self.file.sync_data());
        written.map_err(|source| DataError::Write { path: self.path.clone(), source })
    }

    /// Puts other changes in the place of all that were there.
    pub(super) fn begin_anew(&mut self, changes: &[String]) -> Result<(), DataError> {
        (self.file, self.begun_with) = begin(&self.path, &self.account, changes)?;
        Ok(())
    }

    pub(super) fn begun_with(&self) -> usize {
        self.begun_with
    }
}

/// What the file holds; nothing, if there is none.
fn content(path: &Path) -> Result<Vec<u8>, DataError> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read.map_err(|source| DataError::Open { path: path.to_owned(), source }),
    }
}

/// Where the file is, or is to be, without links.
fn real_path(file: &Path) -> io::Result<PathBuf> {
    match (fs::canonicalize(file), file.parent(), file.file_name()) {
        (Err(error), Some(parent), Some(name)) if error.kind() == io::ErrorKind::NotFound => {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            Ok(fs::canonicalize(parent)?.join(name))
        }
        (found, ..) => found,
    }
}

/// The data file itself is replaced from time to time, so it is not what can be locked.
fn lock(path: &Path) -> Result<File, DataError> {
    let cannot_open = |source| DataError::Open { path: path.to_owned(), source };
    let file = OpenOptions::new().create(true).append(true).open(beside(path, ".lock")).map_err(cannot_open)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(DataError::InUse(path.to_owned())),
        Err(TryLockError::Error(source)) => Err(cannot_open(source)),
    }
}

/// Begins the file anew, and gives it ready for more, with its length.
fn begin(path: &Path, account: &str, changes: &[String]) -> Result<(File, usize), DataError> {
    let cannot_write = |source| DataError::Write { path: path.to_owned(), source };
    let mut text = format!("{TITLE}, format {FORMAT}, account {account}\n");
    text.extend(changes.iter().map(|change| line(std::slice::from_ref(change))));
    let unfinished = beside(path, ".unfinished");
    let write = || {
        let mut file = for_the_owner_alone().create(true).truncate(true).write(true).open(&unfinished)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&unfinished, path)?;
        make_rename_durable(path)?;
        Ok(file)
    };
    Ok((write().map_err(cannot_write)?, text.len()))
}

/// Things may hold secrets: variables of containers, for one.
fn for_the_owner_alone() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(unix)]
fn make_rename_durable(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |directory| File::open(directory)?.sync_all())
}

#[cfg(not(unix))]
fn make_rename_durable(_: &Path) -> io::Result<()> {
    Ok(())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().map(OsString::from).unwrap_or_default();
    name.push(ending);
    path.with_file_name(name)
}

fn read(path: &Path, account: &str, bytes: &[u8]) -> Result<BTreeMap<String, Region>, DataError> {
    let mut regions = BTreeMap::new();
    let (mut offset, mut line) = (check_title(path, account, bytes)?, 2);
    // What has no end was being written when the process ended.
    while let Some(length) = bytes[offset..].iter().position(|byte| *byte == b'\n') {
        let changes = changes(&bytes[offset..offset + length]);
        let applied =
            changes.and_then(|changes| changes.iter().try_for_each(|change| record::apply(&mut regions, change)));
        applied.map_err(|problem| DataError::Damaged { path: path.to_owned(), line, offset, problem })?;
        offset += length + 1;
        line += 1;
    }
    Ok(regions)
}

/// The length of the first line, if it is right. An empty file is a beginning, too.
fn check_title(path: &Path, account: &str, bytes: &[u8]) -> Result<usize, DataError> {
    if bytes.is_empty() {
        return Ok(0);
    }
    let foreign = || DataError::Foreign(path.to_owned());
    let length = bytes.iter().take(200).position(|byte| *byte == b'\n').ok_or_else(foreign)?;
    let title = str::from_utf8(&bytes[..length]).map_err(|_| foreign())?;
    let rest = title.strip_prefix(TITLE).and_then(|rest| rest.strip_prefix(", format ")).ok_or_else(foreign)?;
    let (format, rest) = rest.split_once(',').unwrap_or((rest, ""));
    match (format.parse(), rest.strip_prefix(" account ")) {
        (Ok(format), _) if format > FORMAT => Err(DataError::Newer { path: path.to_owned(), format }),
        (Ok(FORMAT), Some(theirs)) if theirs == account => Ok(length + 1),
        (Ok(FORMAT), Some(theirs)) => {
            Err(DataError::OtherAccount { path: path.to_owned(), account: theirs.to_owned() })
        }
        _ => Err(foreign()),
    }
}

fn line(changes: &[String]) -> String {
    let json = format!("[{}]", changes.join(","));
    format!("{:08x} {} {json}\n", checksum(json.as_bytes()), json.len())
}

/// The changes of a line without its end.
fn changes(line: &[u8]) -> Result<Vec<Value>, String> {
    let line = str::from_utf8(line).map_err(|_| "it is no text")?;
    let mut parts = line.splitn(3, ' ');
    let (Some(sum), Some(length), Some(json)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("it has no checksum and length".into());
    };
    if length != json.len().to_string() {
        return Err("its length is wrong".into());
    }
    if sum != format!("{:08x}", checksum(json.as_bytes())) {
        return Err("its checksum is wrong".into());
    }
    match json::read(json.as_bytes()) {
        Ok(Value::List(changes)) => Ok(changes),
        Ok(_) => Err("it is no list".into()),
        Err(error) => Err(error.to_string()),
    }
}

/// CRC-32 as in Ethernet and zip: finds every damage of up to 32 bits in a row.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| TABLE[usize::from(sum.to_le_bytes()[0] ^ byte)] ^ (sum >> 8))
}

const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut index = 0;
    while index < table.len() {
        let mut sum = index as u32;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
            bit += 1;
        }
        table[index] = sum;
        index += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        local::{
            bench::{Bench, names, text},
            call::Outcome,
        },
        value::Value,
    };

    /// A directory with the name of a data file in it.
    fn place() -> (tempfile::TempDir, PathBuf) {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("estate");
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
        // To begin the file anew gives each object its line.
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
        bench.half();
        let before = bench.state.objects();
        let bench = bench.restarted(&file);
        assert_eq!(bench.state.objects(), before);
        assert_eq!(text(&bench.ok("DescribeEndpoint", r#"{"EndpointName":"e"}"#), "EndpointStatus"), "Creating");
        bench.half();
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
        assert!(
            bench.tamper("arn:aws:sagemaker:eu-central-1:123456789012:model/b", r#"{"EnableNetworkIsolation":true}"#)
        );
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
        bench.settle();
        assert_eq!(text(&bench.ok("DescribeHub", r#"{"HubName":"h"}"#), "HubStatus"), "Creating");
    }

    #[test]
    fn a_last_line_that_breaks_off_anywhere_is_left_out() {
        let (_directory, file) = place();
        let whole = with_three_models(&file);
        let last = begin_of(&whole, 5);
        for length in last..whole.len() {
            fs::write(&file, &whole[..length]).unwrap();
            let bench = Bench::on(&file).unwrap();
            assert_eq!(models(&bench), ["a", "b"], "cut after {length} bytes");
            bench.ok("CreateModel", &model("d"));
            assert_eq!(models(&bench.restarted(&file)), ["a", "b", "d"], "cut after {length} bytes");
        }
    }

    #[test]
    fn any_other_damage_is_told_with_its_place_and_nothing_is_lost() {
        let (_directory, file) = place();
        let whole = with_three_models(&file);
        for (line, places) in [(4, begin_of(&whole, 4)..begin_of(&whole, 5)), (5, begin_of(&whole, 5)..whole.len() - 1)]
        {
            for place in places.clone() {
                let mut damaged = whole.clone();
                damaged[place] ^= 4;
                fs::write(&file, &damaged).unwrap();
                match Bench::on(&file).err() {
                    Some(DataError::Damaged { line: told, offset, .. }) => {
                        assert_eq!((told, offset), (line, places.start), "byte {place}");
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
    fn a_file_that_has_grown_is_begun_anew() {
        let (_directory, file) = place();
        let bench = Bench::on(&file).unwrap();
        bench.ok("CreateModel", &model("m"));
        let tags: Vec<String> =
            (0..49).map(|key| format!(r#"{{"Key":"{key}","Value":"{}"}}"#, "v".repeat(256))).collect();
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
        #[cfg(unix)]
        {
            let link = directory.path().join("link");
            std::os::unix::fs::symlink(&file, &link).unwrap();
            assert!(matches!(Bench::on(&link).err(), Some(DataError::InUse(_))));
        }
        drop(first);
        assert!(Bench::on(&file).is_ok());
        drop(directory);
    }

    #[test]
    fn files_of_others_are_refused_in_words_and_left_as_they_are() {
        let (_directory, file) = place();
        let name = fs::canonicalize(file.parent().unwrap()).unwrap().join("estate");
        let name = name.display();
        for (content, message) in [
            ("{\"format\": 1}\n", format!("`{name}` is not a data file of `local`; it was left as it is")),
            ("x", format!("`{name}` is not a data file of `local`; it was left as it is")),
            (
                "terraform-provider-sagemaker local, format 2, anything\n",
                format!("the data file `{name}` was written by a newer version (format 2; this version knows 1)"),
            ),
            (
                "terraform-provider-sagemaker local, format 1, account 000000000001\n",
                format!("the data file `{name}` belongs to account 000000000001; start with `--account 000000000001`"),
            ),
        ] {
            fs::write(&file, content).unwrap();
            assert_eq!(Bench::on(&file).err().unwrap().to_string(), message);
            assert_eq!(fs::read_to_string(&file).unwrap(), content);
            assert!(!beside(&file, ".lock").exists(), "nothing is left beside it");
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

    #[test]
    fn the_checksum_is_the_usual_one() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn changes_that_were_made_together_are_read_together() {
        let line = line(&["1".to_owned(), "{}".to_owned()]);
        assert_eq!(changes(line.trim_end().as_bytes()), Ok(vec![1.into(), Value::object()]));
    }
}
