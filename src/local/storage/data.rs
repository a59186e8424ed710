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
    record,
    store::Region,
};
use crate::local::{json, kind::Catalog};

/// The file, open for changes.
#[derive(Debug)]
pub(in crate::local) struct Data {
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
    pub(in crate::local) fn open(
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
    pub(in crate::local) fn append(&mut self, changes: &[String]) -> Result<(), DataError> {
        self.lines += 1;
        let line = data_line::write(self.lines, changes);
        let written = self.file.write_all(line.as_bytes()).and_then(|()| self.file.sync_data());
        written.map_err(|source| DataError::Write { path: self.path.clone(), source })
    }

    /// Replaces all changes with others.
    pub(in crate::local) fn rewrite(&mut self, changes: &[String]) -> Result<(), DataError> {
        (self.file, self.initial_length) = begin(&self.path, &self.account, changes)?;
        self.lines = 1 + changes.len();
        Ok(())
    }

    pub(in crate::local) fn initial_length(&self) -> usize {
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
    #[cfg_attr(not(unix), expect(unused_mut))]
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
mod tests;
