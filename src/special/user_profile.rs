//! Why data is not enough: the home directory of a user is identified by a user id that is new for each profile.

use crate::definition::names::user_profile as names;
use crate::{engine::Special, value::Value};

pub(super) struct UserProfile;

impl Special for UserProfile {
    // API reference, DeleteUserProfile: the user loses access to what is in the file system of the domain. The
    // developer guide, on mounting EFS in Studio: `HomeEfsFileSystemUid` identifies the user's directory.
    fn loss(&self, prior: &Value) -> String {
        let text = |name| prior.get(name).as_str().unwrap_or_default();
        match (text(names::HOME_EFS_FILE_SYSTEM_UID), text(names::DOMAIN_ID)) {
            ("", _) => String::new(),
            (user, domain) => format!(
                "The files of this user are on the file system of domain `{domain}` (its `home_efs_file_system_id`), in the \
                 directory of the POSIX user `{user}`. The new profile gets another POSIX user and an empty directory."
            ),
        }
    }
}
