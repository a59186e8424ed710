//! What exists: objects by kind and key, with their tags and the change they are going through.
//!
//! Nothing here knows what any member means. Time is handed in; nothing runs in the background: a change that has ended
//! is carried out when somebody looks next.

use std::collections::{BTreeMap, BTreeSet};

use super::moment::Moment;
use crate::value::{Map, Value};

/// What exists in one region of one account.
#[derive(Debug, Default)]
pub(super) struct Region {
    /// What belongs to the whole account there.
    pub(super) settings: Map,
    objects: BTreeMap<Key, Object>,
    /// The objects that are changing, by the end of the change.
    changing: BTreeSet<(Moment, Key)>,
    serial: u64,
}

/// The kind as ARNs name it, and what comes after it in the ARN. ARNs are in small letters, so names that differ only
/// in case are the same.
type Key = (&'static str, String);

/// One thing that somebody created.
#[derive(Debug, Clone)]
pub(super) struct Object {
    /// As ARNs name it: `endpoint-config`.
    pub(super) kind: &'static str,
    /// What comes after the kind in the ARN.
    pub(super) key: String,
    /// As its creator spelt it.
    pub(super) name: String,
    pub(super) arn: String,
    /// Counts creations up, to tell apart what was created in the same millisecond.
    pub(super) serial: u64,
    pub(super) created: Moment,
    pub(super) modified: Moment,
    /// Everything that describing it may show, by API member.
    pub(super) members: Map,
    pub(super) tags: Tags,
    /// The idempotency token of the call that was carried out last; empty if it had none.
    pub(super) token: String,
    /// How many parts were ever created under it (versions in a group).
    pub(super) parts: i64,
    pub(super) change: Option<Change>,
}

/// How much longer than its deletion took something shows that it was deleted.
const LINGERING: i64 = 20;

/// Tags by key.
pub(super) type Tags = BTreeMap<String, String>;

/// A change on its way.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) began: Moment,
    pub(super) ends: Moment,
    /// What is shown over the members meanwhile, one after another for equal shares of the time.
    pub(super) stages: Vec<Map>,
    pub(super) then: Then,
}

/// What a change ends in.
#[derive(Debug, Clone)]
pub(super) enum Then {
    /// These are the members from then on.
    Become(Map),
    /// These are the members for a while, before it vanishes.
    Linger(Map),
    Vanish,
}

impl Region {
    /// Carries out the changes that have ended by now.
    pub(super) fn settle(&mut self, now: Moment) {
        while self.changing.first().is_some_and(|(ends, _)| *ends <= now) {
            let Some((ends, key)) = self.changing.pop_first() else { return };
            let Some(object) = self.objects.get_mut(&key) else { continue };
            match object.change.take_if(|change| change.ends == ends) {
                Some(Change { then: Then::Become(members), .. }) => {
                    object.members = members;
                    object.modified = ends;
                }
                Some(Change { began, then: Then::Linger(members), .. }) => {
                    object.members = members;
                    object.modified = ends;
                    let gone = Moment(ends.0.saturating_add(LINGERING.saturating_mul(ends.0 - began.0)));
                    object.change = Some(Change { began: ends, ends: gone, stages: Vec::new(), then: Then::Vanish });
                    self.changing.insert((gone, key));
                }
                Some(Change { then: Then::Vanish, .. }) => {
                    self.objects.remove(&key);
                }
                // Another change has taken the place of the one that was to end here.
                None => {}
            }
        }
    }

    pub(super) fn get(&self, kind: &'static str, key: &str) -> Option<&Object> {
        self.objects.get(&(kind, key.to_owned()))
    }

    pub(super) fn get_mut(&mut self, kind: &'static str, key: &str) -> Option<&mut Object> {
        self.objects.get_mut(&(kind, key.to_owned()))
    }

    pub(super) fn of_kind(&self, kind: &'static str) -> impl Iterator<Item = &Object> {
        self.objects.range((kind, String::new())..).map(|(_, object)| object).take_while(move |one| one.kind == kind)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Object> {
        self.objects.values()
    }

    /// How many objects were ever added.
    pub(super) fn count(&self) -> u64 {
        self.serial
    }

    pub(super) fn add(&mut self, mut object: Object) {
        self.serial += 1;
        object.serial = self.serial;
        let key = (object.kind, object.key.clone());
        self.objects.insert(key, object);
    }

    /// Puts an object on its way; what it was on its way to before is forgotten.
    pub(super) fn begin(&mut self, kind: &'static str, key: &str, change: Change) {
        let key = (kind, key.to_owned());
        if let Some(object) = self.objects.get_mut(&key) {
            self.changing.insert((change.ends, key));
            object.change = Some(change);
        }
    }

    pub(super) fn remove(&mut self, kind: &'static str, key: &str) {
        self.objects.remove(&(kind, key.to_owned()));
    }
}

impl Object {
    /// Shows from now on what differs between the two, also after the change that it may be going through.
    pub(super) fn turn(&mut self, before: &Map, after: &Map) {
        let later = match &mut self.change {
            Some(Change { then: Then::Become(members) | Then::Linger(members), .. }) => Some(members),
            _ => None,
        };
        for members in [Some(&mut self.members), later].into_iter().flatten() {
            members.retain(|name, _| after.contains_key(name) || !before.contains_key(name));
            let changed = after.iter().filter(|(name, value)| before.get(*name) != Some(value));
            members.extend(changed.map(|(name, value)| (name.clone(), value.clone())));
        }
    }

    /// Everything that describing it may show now.
    pub(super) fn view(&self, now: Moment) -> Map {
        let mut view = self.members.clone();
        if let Some(change) = &self.change {
            view.extend(change.stage(now));
        }
        view.insert("CreationTime".into(), self.created.to_value());
        view.insert("LastModifiedTime".into(), self.modified.to_value());
        view
    }
}

impl Change {
    fn stage(&self, now: Moment) -> Map {
        let whole = (self.ends.0 - self.began.0).max(1) as usize;
        let gone = usize::try_from(now.0 - self.began.0).unwrap_or_default();
        let stage = (gone * self.stages.len() / whole).min(self.stages.len().saturating_sub(1));
        self.stages.get(stage).cloned().unwrap_or_default()
    }
}

/// The members in order, without those that are null.
pub(super) fn known(members: impl IntoIterator<Item = (&'static str, Value)>) -> Map {
    members.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(key: &str) -> Object {
        Object {
            kind: "endpoint",
            key: key.into(),
            name: key.into(),
            arn: format!("arn:{key}"),
            serial: 0,
            created: Moment(0),
            modified: Moment(0),
            members: known([("State", "Old".into())]),
            tags: BTreeMap::new(),
            token: String::new(),
            parts: 0,
            change: None,
        }
    }

    fn change(ends: i64, then: Then) -> Change {
        let stages = vec![known([("State", "First".into())]), known([("State", "Second".into())])];
        Change { began: Moment(0), ends: Moment(ends), stages, then }
    }

    fn state(region: &Region, now: i64) -> Option<Value> {
        region.get("endpoint", "one").map(|object| object.view(Moment(now))["State"].clone())
    }

    #[test]
    fn a_change_goes_through_its_stages_and_ends() {
        let mut region = Region::default();
        region.add(object("one"));
        region.begin("endpoint", "one", change(100, Then::Become(known([("State", "New".into())]))));
        for (now, expected) in [(0, "First"), (49, "First"), (50, "Second"), (99, "Second"), (100, "New")] {
            region.settle(Moment(now));
            assert_eq!(state(&region, now), Some(expected.into()), "at {now}");
        }
        assert_eq!(region.get("endpoint", "one").unwrap().modified, Moment(100));
    }

    #[test]
    fn a_later_change_takes_the_place_of_an_earlier_one() {
        let mut region = Region::default();
        region.add(object("one"));
        region.begin("endpoint", "one", change(100, Then::Become(known([("State", "New".into())]))));
        region.begin("endpoint", "one", change(150, Then::Vanish));
        region.settle(Moment(120));
        assert_eq!(state(&region, 120), Some("Second".into()));
        region.settle(Moment(150));
        assert_eq!(state(&region, 150), None);
    }

    #[test]
    fn kinds_are_kept_apart() {
        let mut region = Region::default();
        region.add(object("one"));
        region.add(Object { kind: "endpoint-config", ..object("two") });
        assert_eq!(region.of_kind("endpoint").count(), 1);
        assert_eq!(region.all().count(), 2);
    }
}
