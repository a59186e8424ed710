//! Why data is not enough: the home directory of a user goes by a user id that each profile gets anew.

use crate::engine::{Draft, Special};

pub(super) struct UserProfile;

impl Special for UserProfile {
    // API reference, DeleteUserProfile: the user loses access to what is in the file system of the domain. The developer
    // guide, on mounting EFS in Studio: the user's directory goes by `HomeEfsFileSystemUid`.
    fn judge(&self, draft: &mut Draft<'_>) {
        let text = |name| draft.prior.get(name).as_str().unwrap_or_default();
        let (user, domain) = (text("home_efs_file_system_uid"), text("domain_id"));
        if user.is_empty() {
            return;
        }
        let detail = format!(
            "The files of this user are on the file system of domain `{domain}` (its `home_efs_file_system_id`), in the \
             directory of the POSIX user `{user}`. The new profile gets another user and an empty directory. Copy what is \
             needed, or set `deletion_protection = true`."
        );
        draft.warn_of_replacement("A user profile that is made anew loses its home directory", detail);
    }
}
