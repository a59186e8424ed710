//! The data file of `--data`, line by line.
//!
//! The first line identifies the format. Each further line (`data_line`) holds changes that became durable together.
//! The file starts with a snapshot and is append-only, until it is replaced by a new file that is written beside it. So
//! there is a complete file at every moment, and a truncated last line was being written when the process ended, and
//! was never acknowledged.
//!
//! The file itself is locked, not its name, and is a regular file with one name: replacing a link, a device or
//! one of several names would leave the other end behind.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs::{self, File, Metadata, OpenOptions, TryLockError},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use super::{
    data_line::{self, Flaw},
    json,
    kind::Catalog,
    record,
    store::Region,
};

/// The file, open for changes.
#[derive(Debug)]
pub(super) struct Data {
    path: PathBuf,
    account: String,
    /// Locked until this is dropped.
    file: File,
    /// The number of lines.
    lines: usize,
    /// The length of the snapshot at the start of the file, in bytes.
    initial_length: usize,
}

/// Why a data file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// The data file cannot be opened.
    #[error("the data file `{path}` cannot be opened")]
    Open {
        /// The data file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// Another process holds the lock on the data file.
    #[error("the data file `{0}` is in use by another `local`")]
    InUse(PathBuf),
    /// The path is not a regular file.
    #[error("`{path}` is {what}; name a regular file, or one that does not exist yet. It was left as it is")]
    Irregular {
        /// The path.
        path: PathBuf,
        /// Its type: `a directory`.
        what: &'static str,
    },
    /// The file has another content.
    #[error("`{0}` is not a data file of `local`; it was left as it is")]
    Foreign(PathBuf),
    /// The file has an unsupported format version.
    #[error("the data file `{path}` was written by another version (format {format}; this version reads {FORMAT})")]
    OtherFormat {
        /// The data file.
        path: PathBuf,
        /// The format version of the file.
        format: u32,
    },
    /// The file contains the objects of another account.
    #[error("the data file `{path}` belongs to account {account}; start with `--account {account}`")]
    OtherAccount {
        /// The data file.
        path: PathBuf,
        /// The account in the file, twelve digits.
        account: String,
    },
    /// A line cannot be read.
    #[error(
        "the data file `{path}` is damaged in line {line}, which begins at byte {offset}: {problem}. It was left as it \
         is. Everything before that line is good: put back a copy, or shorten the file to {offset} bytes"
    )]
    Damaged {
        /// The data file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// The offset of the line, in bytes.
        offset: usize,
        /// What is wrong with the line.
        problem: String,
    },
    /// A write failed.
    #[error("the data file `{path}` cannot be written")]
    Write {
        /// The data file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

const FORMAT: u32 = 2;
const TITLE: &str = "terraform-provider-sagemaker local";

impl Data {
    /// Opens or creates the file for the objects of an account, and returns its content.
    pub(super) fn open(
        file: &Path,
        account: &str,
        catalog: &Catalog,
    ) -> Result<(Self, BTreeMap<String, Region>), DataError> {
        let cannot_open = |source| DataError::Open { path: file.to_owned(), source };
        let path = in_real_directory(file).map_err(cannot_open)?;
        check_regular(&path)?;
        // Held until a new file, locked too, has taken its place.
        let mut found = open_for_the_owner_alone(&path).map_err(cannot_open)?;
        lock(&found, &path)?;
        check_still_there(&found, &path)?;
        let mut content = Vec::new();
        found.read_to_end(&mut content).map_err(cannot_open)?;
        let regions = read(&path, account, &content, catalog)?;
        let changes: Vec<String> = record::all(&regions).iter().map(json::write).collect();
        let (file, initial_length) = begin(&path, account, &changes)?;
        Ok((Self { path, account: account.to_owned(), file, lines: 1 + changes.len(), initial_length }, regions))
    }

    /// Appends changes. When this returns, they survive a loss of power.
    pub(super) fn append(&mut self, changes: &[String]) -> Result<(), DataError> {
        self.lines += 1;
        let line = data_line::write(self.lines, changes);
        let written = self.file.write_all(line.as_bytes()).and_then(|()| self.file.sync_data());
        written.map_err(|source| DataError::Write { path: self.path.clone(), source })
    }

    /// Replaces all changes with others.
    pub(super) fn rewrite(&mut self, changes: &[String]) -> Result<(), DataError> {
        (self.file, self.initial_length) = begin(&self.path, &self.account, changes)?;
        self.lines = 1 + changes.len();
        Ok(())
    }

    pub(super) fn initial_length(&self) -> usize {
        self.initial_length
    }
}

/// Where the file is, or is to be. Links in the names of directories are followed; the file itself must be none.
fn in_real_directory(file: &Path) -> io::Result<PathBuf> {
    let name = file.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::IsADirectory))?;
    let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(fs::canonicalize(directory)?.join(name))
}

/// A missing file passes too. Checked before the file is opened, since opening a device or a FIFO has side effects.
fn check_regular(path: &Path) -> Result<(), DataError> {
    let found = match fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(DataError::Open { path: path.to_owned(), source }),
    };
    let kind = found.file_type();
    let what = match (kind.is_file(), kind.is_symlink(), kind.is_dir()) {
        (true, ..) if names(&found) == 1 => return Ok(()),
        (true, ..) => "a file with several names (hard links)",
        (_, true, _) => "a link",
        (_, _, true) => "a directory",
        _ => "a device, a FIFO or a socket",
    };
    Err(DataError::Irregular { path: path.to_owned(), what })
}

/// A lock belongs to the file, not to its name: another name for the same file finds it locked.
fn lock(file: &File, path: &Path) -> Result<(), DataError> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(DataError::InUse(path.to_owned())),
        Err(TryLockError::Error(source)) => Err(DataError::Open { path: path.to_owned(), source }),
    }
}

/// Between the checks of the name and the lock, another `local` may have replaced the file, or a link may have replaced
/// it.
fn check_still_there(file: &File, path: &Path) -> Result<(), DataError> {
    check_regular(path)?;
    let cannot_open = |source| DataError::Open { path: path.to_owned(), source };
    let there = fs::symlink_metadata(path).map_err(cannot_open)?;
    let ours = file.metadata().map_err(cannot_open)?;
    if identity(&there) == identity(&ours) { Ok(()) } else { Err(DataError::InUse(path.to_owned())) }
}

/// The number of hard links of a file.
#[cfg(unix)]
fn names(file: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(file)
}

/// Device and inode.
#[cfg(unix)]
fn identity(file: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (file.dev(), file.ino())
}

#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    1
}

#[cfg(not(unix))]
fn identity(file: &Metadata) -> Option<std::time::SystemTime> {
    file.created().ok()
}

/// Writes a new file, locked, and replaces the old one by it. Returns it, open for more, and its length in bytes.
fn begin(path: &Path, account: &str, changes: &[String]) -> Result<(File, usize), DataError> {
    let cannot_write = |source| DataError::Write { path: path.to_owned(), source };
    let mut text = format!("{TITLE}, format {FORMAT}, account {account}\n");
    text.extend(changes.iter().zip(2..).map(|(change, number)| data_line::write(number, std::slice::from_ref(change))));
    let unfinished = beside(path, ".unfinished");
    let write = || {
        remove_unfinished(&unfinished)?;
        let mut file = for_the_owner_alone().create_new(true).write(true).open(&unfinished)?;
        file.try_lock()?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&unfinished, path)?;
        make_rename_durable(path)?;
        Ok(file)
    };
    Ok((write().map_err(cannot_write)?, text.len()))
}

/// Left by a process that ended early, or a link, which is not followed. The data file is locked, so no other process
/// is writing it.
fn remove_unfinished(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// The file, created if it is not there.
fn open_for_the_owner_alone(path: &Path) -> io::Result<File> {
    match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            for_the_owner_alone().read(true).write(true).create_new(true).open(path)
        }
        opened => opened,
    }
}

/// Objects may hold secrets: variables of containers, for one.
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

fn read(path: &Path, account: &str, bytes: &[u8], catalog: &Catalog) -> Result<BTreeMap<String, Region>, DataError> {
    let mut regions = BTreeMap::new();
    let (mut offset, mut number) = (check_title(path, account, bytes)?, 2);
    while offset < bytes.len() {
        let rest = &bytes[offset..];
        let (line, is_last) = match rest.iter().position(|byte| *byte == b'\n') {
            Some(length) => (&rest[..length], false),
            None => (rest, true),
        };
        let read = match data_line::read(number, line) {
            // A truncated line: it was being written when the process ended.
            Err(Flaw::BreaksOff) if is_last => return Ok(regions),
            read => read.map_err(Flaw::text),
        };
        let applied =
            read.and_then(|changes| changes.iter().try_for_each(|one| record::apply(&mut regions, one, catalog)));
        applied.map_err(|problem| DataError::Damaged { path: path.to_owned(), line: number, offset, problem })?;
        offset += line.len() + 1;
        number += 1;
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
        (Ok(FORMAT), Some(theirs)) if theirs == account => Ok(length + 1),
        (Ok(FORMAT), Some(theirs)) => {
            Err(DataError::OtherAccount { path: path.to_owned(), account: theirs.to_owned() })
        }
        (Ok(format), _) if format != FORMAT => Err(DataError::OtherFormat { path: path.to_owned(), format }),
        _ => Err(foreign()),
    }
}

#[cfg(test)]
mod tests {
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
}
