//! The objects by kind and key, with their tags and the change in progress.
//!
//! Nothing here knows what any member means. Time is a parameter; nothing runs in the background: a change that has
//! ended is applied at the next access. Touched objects are passed to the caller that persists them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    local::moment::Moment,
    value::{Map, Value},
};

/// The objects in one region of one account.
#[derive(Debug, Default)]
pub(in crate::local) struct Region {
    /// The settings of the account in the region.
    settings: Map,
    objects: BTreeMap<Key, Object>,
    /// The objects that are changing, by the end of the change.
    changing: BTreeSet<(Moment, Key)>,
    serial: u64,
    touched: Touched,
    /// The old state that readers still see.
    shadows: BTreeMap<Key, Shadow>,
}

/// The keys that may have changed since the last take, each with the previous object; the passing of time is not a
/// change.
#[derive(Debug, Default)]
pub(in crate::local) struct Touched {
    pub(in crate::local) objects: BTreeMap<Key, Option<Object>>,
    pub(in crate::local) settings: bool,
}

/// The old state of an object that readers see.
#[derive(Debug)]
struct Shadow {
    /// The old object; while it is swapped in for a read, the real one.
    other: Option<Object>,
    shown: bool,
    lag: Lag,
}

/// How long a change stays invisible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::local) struct Lag {
    pub(in crate::local) left: Left,
    /// Only lists are late.
    pub(in crate::local) in_lists: bool,
}

/// The remaining delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::local) enum Left {
    Reads(i64),
    Until(Moment),
}

/// How an operation reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::local) enum Reading {
    One,
    List,
}

/// The id of the kind, and the resource id in the ARN. ARNs are in lower case, so names that differ only
/// in case are the same.
pub(in crate::local) type Key = (&'static str, String);

/// An object that was created.
#[derive(Debug, Clone)]
pub(in crate::local) struct Object {
    /// The id of its kind: `endpoint-config`.
    pub(in crate::local) kind: &'static str,
    /// The resource id in the ARN.
    pub(in crate::local) key: String,
    /// As its creator spelt it.
    pub(in crate::local) name: String,
    pub(in crate::local) arn: String,
    /// Counts creations up, to order what was created in the same millisecond.
    pub(in crate::local) serial: u64,
    pub(in crate::local) created: Moment,
    pub(in crate::local) modified: Moment,
    /// Everything that describing it may show, by API member.
    pub(in crate::local) members: Map,
    pub(in crate::local) tags: BTreeMap<String, String>,
    /// The idempotency token of the last executed call; empty if it had none.
    pub(in crate::local) token: String,
    /// How many parts were ever created under it (versions in a group).
    pub(in crate::local) parts: i64,
    pub(in crate::local) change: Option<Change>,
    /// The change in progress does not end by itself.
    pub(in crate::local) held: bool,
}

/// How much longer than its deletion took something shows that it was deleted.
const LINGERING: i64 = 20;

/// A change in progress.
#[derive(Debug, Clone)]
pub(in crate::local) struct Change {
    pub(in crate::local) began: Moment,
    pub(in crate::local) ends: Moment,
    /// What is shown over the members meanwhile: the stages in order, for equal shares of the time.
    pub(in crate::local) stages: Vec<Map>,
    pub(in crate::local) then: Then,
}

/// The result of a change.
#[derive(Debug, Clone)]
pub(in crate::local) enum Then {
    /// These are the members from then on.
    Become(Map),
    /// These are the members for a while, before it vanishes.
    Linger(Map),
    Vanish,
}

impl Region {
    /// Applies the changes that have ended by now.
    pub(in crate::local) fn advance(&mut self, now: Moment) {
        while self.changing.first().is_some_and(|(ends, _)| *ends <= now) {
            let Some((ends, key)) = self.changing.pop_first() else { return };
            let Some(object) = self.objects.get_mut(&key).filter(|object| !object.held) else { continue };
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

    pub(in crate::local) fn get(&self, kind: &'static str, key: &str) -> Option<&Object> {
        self.objects.get(&(kind, key.to_owned()))
    }

    pub(in crate::local) fn get_mut(&mut self, kind: &'static str, key: &str) -> Option<&mut Object> {
        let key = (kind, key.to_owned());
        self.touch(&key);
        self.objects.get_mut(&key)
    }

    pub(in crate::local) fn of_kind(&self, kind: &'static str) -> impl Iterator<Item = &Object> {
        self.objects.range((kind, String::new())..).map(|(_, object)| object).take_while(move |one| one.kind == kind)
    }

    pub(in crate::local) fn all(&self) -> impl Iterator<Item = &Object> {
        self.objects.values()
    }

    /// The number of objects that were ever added.
    pub(in crate::local) fn count(&self) -> u64 {
        self.serial
    }

    pub(in crate::local) fn add(&mut self, mut object: Object) {
        self.serial += 1;
        object.serial = self.serial;
        let key = (object.kind, object.key.clone());
        self.touch(&key);
        self.objects.insert(key, object);
    }

    /// Begins a change of an object; another one that is in progress is dropped.
    pub(in crate::local) fn begin(&mut self, kind: &'static str, key: &str, change: Change) {
        let key = (kind, key.to_owned());
        self.touch(&key);
        if let Some(object) = self.objects.get_mut(&key) {
            self.changing.insert((change.ends, key));
            object.change = Some(change);
        }
    }

    pub(in crate::local) fn remove(&mut self, kind: &'static str, key: &str) {
        let key = (kind, key.to_owned());
        self.touch(&key);
        self.objects.remove(&key);
    }

    /// Holds the touched objects in the change that has just begun, until it is released.
    pub(in crate::local) fn hold_begun(&mut self, now: Moment) {
        for key in self.touched.objects.keys() {
            if let Some(object) = self.objects.get_mut(key) {
                object.held |= object.change.as_ref().is_some_and(|change| change.began == now);
            }
        }
    }

    /// Ends the change in progress, even a held one.
    pub(in crate::local) fn let_go(&mut self, kind: &'static str, key: &str, now: Moment) {
        let Some(object) = self.get_mut(kind, key) else { return };
        object.held = false;
        if let Some(change) = &mut object.change {
            change.ends = now;
            self.changing.insert((now, (kind, key.to_owned())));
            self.advance(now);
        }
    }

    pub(in crate::local) fn setting(&self, member: &str) -> Option<&Value> {
        self.settings.get(member)
    }

    pub(in crate::local) fn set(&mut self, member: &str, value: impl Into<Value>) {
        self.settings.insert(member.to_owned(), value.into());
        self.touched.settings = true;
    }

    pub(in crate::local) fn settings(&self) -> &Map {
        &self.settings
    }

    /// Takes the objects that were touched since the last call.
    pub(in crate::local) fn take_touched(&mut self) -> Touched {
        std::mem::take(&mut self.touched)
    }

    /// Restores a persisted object. That is not a change.
    pub(in crate::local) fn restore(&mut self, serial: u64, settings: Map, objects: Vec<Object>) {
        self.serial = serial;
        self.settings = settings;
        for object in objects {
            let key = (object.kind, object.key.clone());
            self.changing.extend(object.change.as_ref().map(|change| (change.ends, key.clone())));
            self.objects.insert(key, object);
        }
    }

    /// Restores a persisted removal.
    pub(in crate::local) fn forget(&mut self, key: &Key) {
        self.objects.remove(key);
    }

    fn touch(&mut self, key: &Key) {
        if !self.touched.objects.contains_key(key) {
            self.touched.objects.insert(key.clone(), self.objects.get(key).cloned());
        }
    }
}

/// Late readers.
impl Region {
    /// Whether readers see any old state.
    pub(in crate::local) fn is_late(&self) -> bool {
        !self.shadows.is_empty()
    }

    /// Lets readers continue to see the previous state, or the one before it if they still see that, for the new delay.
    pub(in crate::local) fn delay_visibility(&mut self, key: Key, before: Option<Object>, lag: Lag) {
        let shadow = self.shadows.entry(key).or_insert(Shadow { other: before, shown: false, lag });
        shadow.lag = lag;
    }

    /// The region as readers of that kind see it, until the result is dropped.
    pub(in crate::local) fn as_seen(&mut self, reading: Reading, now: Moment) -> Seen<'_> {
        self.shadows.retain(|_, shadow| match shadow.lag.left {
            Left::Reads(reads) => reads > 0,
            Left::Until(moment) => now < moment,
        });
        for (key, shadow) in &mut self.shadows {
            if reading == Reading::List || !shadow.lag.in_lists {
                shadow.shown = true;
                exchange(&mut self.objects, key, &mut shadow.other);
            }
        }
        Seen(self)
    }
}

/// A region as readers see it.
pub(in crate::local) struct Seen<'a>(&'a mut Region);

impl Seen<'_> {
    pub(in crate::local) fn region(&mut self) -> &mut Region {
        self.0
    }

    /// Counts that these were read.
    pub(in crate::local) fn count(&mut self, read: impl Fn(&Key) -> bool) {
        for (_, shadow) in self.0.shadows.iter_mut().filter(|(key, shadow)| shadow.shown && read(key)) {
            if let Left::Reads(reads) = &mut shadow.lag.left {
                *reads -= 1;
            }
        }
    }
}

// Restores the real state even if a reader panics.
impl Drop for Seen<'_> {
    fn drop(&mut self) {
        let Region { shadows, objects, .. } = &mut *self.0;
        for (key, shadow) in shadows.iter_mut().filter(|(_, shadow)| shadow.shown) {
            shadow.shown = false;
            exchange(objects, key, &mut shadow.other);
        }
    }
}

fn exchange(objects: &mut BTreeMap<Key, Object>, key: &Key, other: &mut Option<Object>) {
    let real = objects.remove(key);
    objects.extend(other.take().map(|object| (key.clone(), object)));
    *other = real;
}

impl Object {
    /// Applies the difference between the two, also to what a change in progress ends in.
    pub(in crate::local) fn patch(&mut self, before: &Map, after: &Map) {
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
    pub(in crate::local) fn view(&self, now: Moment) -> Map {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::operations::members::known;

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
            held: false,
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
    fn a_change_passes_through_its_stages_and_ends() {
        let mut region = Region::default();
        region.add(object("one"));
        region.begin("endpoint", "one", change(100, Then::Become(known([("State", "New".into())]))));
        for (now, expected) in [(0, "First"), (49, "First"), (50, "Second"), (99, "Second"), (100, "New")] {
            region.advance(Moment(now));
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
        region.advance(Moment(120));
        assert_eq!(state(&region, 120), Some("Second".into()));
        region.advance(Moment(150));
        assert_eq!(state(&region, 150), None);
    }

    #[test]
    fn a_change_that_is_held_ends_when_it_is_let_go() {
        let mut region = Region::default();
        region.add(object("one"));
        region.begin("endpoint", "one", change(100, Then::Vanish));
        region.hold_begun(Moment(0));
        region.advance(Moment(1_000));
        assert_eq!(state(&region, 1_000), Some("Second".into()));
        region.let_go("endpoint", "one", Moment(1_001));
        assert_eq!(state(&region, 1_001), None);
    }

    #[test]
    fn what_was_touched_is_taken_once_with_what_was_before() {
        let mut region = Region::default();
        region.add(object("one"));
        let touched = region.take_touched();
        assert!(touched.objects[&("endpoint", "one".to_owned())].is_none());
        region.get_mut("endpoint", "one").unwrap().parts = 7;
        region.remove("endpoint", "one");
        let touched = region.take_touched();
        assert_eq!(touched.objects[&("endpoint", "one".to_owned())].as_ref().unwrap().parts, 0);
        assert!(region.take_touched().objects.is_empty());
    }

    #[test]
    fn late_readers_see_what_was_and_nobody_else_does() {
        let mut region = Region::default();
        region.add(object("one"));
        let lag = Lag { left: Left::Reads(1), in_lists: false };
        region.delay_visibility(("endpoint", "one".to_owned()), None, lag);
        let mut seen = region.as_seen(Reading::One, Moment(0));
        assert_eq!(seen.region().all().count(), 0);
        seen.count(|(_, key)| key == "two");
        drop(seen);
        assert_eq!(region.all().count(), 1);
        region.as_seen(Reading::List, Moment(0)).count(|(_, key)| key == "one");
        assert_eq!(region.as_seen(Reading::One, Moment(0)).region().all().count(), 1);
    }

    #[test]
    fn lists_can_be_late_alone_and_until_a_moment() {
        let mut region = Region::default();
        region.add(object("one"));
        let lag = Lag { left: Left::Until(Moment(5)), in_lists: true };
        region.delay_visibility(("endpoint", "one".to_owned()), None, lag);
        for (reading, now, expected) in [(Reading::One, 4, 1), (Reading::List, 4, 0), (Reading::List, 5, 1)] {
            assert_eq!(region.as_seen(reading, Moment(now)).region().all().count(), expected, "{reading:?} {now}");
        }
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
