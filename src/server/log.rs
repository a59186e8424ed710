//! Log lines for the host: JSON objects on standard error, in the form that go-plugin's hclog writes.
//!
//! A host assumes without checking that `@message`, `@level` and `@timestamp` are strings, and crashes if one is not,
//! so every value here is a string.

use std::{
    fmt::{self, Write as _},
    io::Write as _,
};

use serde_json::{Map, Value as Json};
use time::OffsetDateTime;
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
    span,
};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
    registry::{LookupSpan, Registry},
};

use crate::diag::redacted;

/// Hosts split lines at 64 KiB and treat the rest as plain text.
const LONGEST_VALUE: usize = 16 * 1024;

/// The destination of lines.
type Sink = Box<dyn Fn(&str) + Send + Sync>;

/// Starts logging at the user's level. Installs nothing if logging is off.
pub(super) fn start(level: LevelFilter) {
    if level == LevelFilter::OFF {
        return;
    }
    let sink: Sink = Box::new(|line| {
        // Ignored: the host no longer reads.
        let _ = std::io::stderr().write_all(line.as_bytes());
    });
    // Fails only if there already is a subscriber, which then receives the events.
    let _ = tracing::subscriber::set_global_default(Registry::default().with(Hclog { level, sink }));
}

/// The level for a provider of this name: the most specific variable that is set decides.
pub(super) fn level(name: &str, variable: impl Fn(&str) -> Option<String>) -> LevelFilter {
    let own = format!("TF_LOG_PROVIDER_{}", name.to_uppercase().replace('-', "_"));
    let level = [own.as_str(), "TF_LOG_PROVIDER", "TF_LOG"].into_iter().find_map(|name| {
        let value = variable(name)?;
        (!value.is_empty()).then(|| value.to_uppercase())
    });
    match level.as_deref() {
        None | Some("OFF") => LevelFilter::OFF,
        Some("ERROR") => LevelFilter::ERROR,
        Some("WARN") => LevelFilter::WARN,
        Some("INFO") => LevelFilter::INFO,
        Some("DEBUG") => LevelFilter::DEBUG,
        // `JSON` means all levels, and hosts treat an unknown level the same way.
        Some(_) => LevelFilter::TRACE,
    }
}

/// One line with its line break.
pub(super) fn line(level: &str, module: &str, message: &str, fields: &[(&'static str, String)]) -> String {
    let mut entry = Map::new();
    for (name, value) in fields {
        entry.insert((*name).to_owned(), Json::String(shortened(&redacted(value))));
    }
    entry.insert("@level".to_owned(), level.into());
    entry.insert("@message".to_owned(), Json::String(shortened(&redacted(message))));
    entry.insert("@module".to_owned(), module.into());
    entry.insert("@timestamp".to_owned(), timestamp(OffsetDateTime::now_utc()).into());
    let mut line = Json::Object(entry).to_string();
    line.push('\n');
    line
}

/// Exactly six fractional digits; otherwise hosts do not recognize the line as an entry.
fn timestamp(now: OffsetDateTime) -> String {
    let (date, time) = (now.date(), now.time());
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z",
        date.year(),
        u8::from(date.month()),
        date.day(),
        time.hour(),
        time.minute(),
        time.second(),
        time.microsecond()
    )
}

fn shortened(text: &str) -> String {
    if text.len() <= LONGEST_VALUE {
        return text.to_owned();
    }
    format!("{}… ({} bytes)", &text[..text.floor_char_boundary(LONGEST_VALUE)], text.len())
}

/// Writes events with the fields of the spans around them.
struct Hclog {
    level: LevelFilter,
    sink: Sink,
}

/// Fields as hosts expect them, with a separate message.
#[derive(Debug, Default, Clone)]
struct Fields {
    message: String,
    others: Vec<(&'static str, String)>,
}

impl Hclog {
    /// Events of other crates are omitted: there are many, and some contain request bodies, which may be secret.
    fn wants(&self, metadata: &Metadata<'_>) -> bool {
        let own = metadata.target().split("::").next() == Some(env!("CARGO_CRATE_NAME"));
        *metadata.level() <= self.level && (own || *metadata.level() <= Level::WARN)
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Hclog {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        self.wants(metadata)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.level)
    }

    fn on_new_span(&self, attributes: &span::Attributes<'_>, id: &span::Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        for span in context.event_scope(event).into_iter().flatten() {
            if let Some(outer) = span.extensions().get::<Fields>() {
                fields.others.extend(outer.others.iter().cloned());
            }
        }
        let level = event.metadata().level().as_str().to_lowercase();
        (self.sink)(&line(&level, event.metadata().target(), &fields.message, &fields.others));
    }
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "message" {
            value.clone_into(&mut self.message);
        } else {
            self.others.push((field.name(), value.to_owned()));
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let mut text = String::new();
        write!(text, "{value:?}").expect("writing to memory does not fail");
        self.record_str(field, &text);
    }
}

/// The log of this thread until it is dropped.
#[cfg(test)]
pub(super) struct Captured {
    text: std::sync::Arc<std::sync::Mutex<String>>,
    _guard: tracing::subscriber::DefaultGuard,
}

#[cfg(test)]
impl Captured {
    pub(super) fn start(level: LevelFilter) -> Self {
        let text = std::sync::Arc::<std::sync::Mutex<String>>::default();
        let sink: Sink = Box::new({
            let text = std::sync::Arc::clone(&text);
            move |line| text.lock().expect("nobody panics with it").push_str(line)
        });
        let _guard = tracing::subscriber::set_default(Registry::default().with(Hclog { level, sink }));
        Self { text, _guard }
    }

    pub(super) fn lines(&self) -> Vec<Json> {
        let text = self.text.lock().expect("nobody panics with it");
        text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
    }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::server::common::span;

    fn logged(level: LevelFilter, work: impl FnOnce()) -> Vec<Json> {
        let log = Captured::start(level);
        work();
        log.lines()
    }

    #[test]
    fn a_line_has_only_strings_and_the_fields_of_its_spans() {
        let lines = logged(LevelFilter::DEBUG, || {
            let _span = span("ReadResource", "sagemaker_model").entered();
            tracing::debug!(attempt = 3, ok = true, "tried {}", "again");
        });
        let [Json::Object(entry)] = lines.as_slice() else { panic!("one object: {lines:?}") };
        assert!(entry.values().all(Json::is_string), "{entry:?}");
        assert_eq!(entry["@message"], "tried again");
        assert_eq!(entry["@level"], "debug");
        assert_eq!(entry["tf_rpc"], "ReadResource");
        assert_eq!(entry["attempt"], "3");
        assert_eq!(entry["ok"], "true");
    }

    #[test]
    fn a_line_of_any_level_names_its_call() {
        let lines = logged(LevelFilter::ERROR, || {
            let _span = span("ListResource", "sagemaker_model").entered();
            tracing::error!("refused");
        });
        let [entry] = lines.as_slice() else { panic!("one line: {lines:?}") };
        assert_eq!((&entry["tf_rpc"], &entry["tf_resource_type"]), (&"ListResource".into(), &"sagemaker_model".into()));
    }

    #[test]
    fn no_line_shows_a_credential() {
        let lines = logged(LevelFilter::DEBUG, || {
            tracing::warn!(header = "x-amz-security-token: hush123", "through http://me:hush123@proxy.test:3128");
        });
        assert!(!format!("{lines:?}").contains("hush123"), "{lines:?}");
    }

    #[test]
    fn a_timestamp_has_six_digits_after_the_point() {
        assert_eq!(
            timestamp(OffsetDateTime::UNIX_EPOCH + time::Duration::microseconds(1_000_042)),
            "1970-01-01T00:00:01.000042Z"
        );
    }

    #[test]
    fn lower_levels_and_other_crates_are_omitted() {
        let lines = logged(LevelFilter::DEBUG, || {
            tracing::trace!("too fine");
            tracing::debug!(target: "aws_smithy_runtime::client", "a body with a secret");
            tracing::warn!(target: "aws_smithy_runtime::client", "clock skew");
        });
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0]["@message"], "clock skew");
    }

    #[test]
    fn long_values_are_truncated_so_that_the_line_remains_an_entry() {
        let entry = line("info", "x", &"é".repeat(100_000), &[]);
        assert!(entry.len() < 64 * 1024);
        assert!(serde_json::from_str::<Json>(&entry).is_ok());
    }

    #[test]
    fn the_most_specific_variable_sets_the_level() {
        let level_of = |variables: &[(&str, &str)]| {
            level("sage-maker", |name| {
                variables.iter().find(|(variable, _)| *variable == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(level_of(&[]), LevelFilter::OFF);
        assert_eq!(level_of(&[("TF_LOG", "")]), LevelFilter::OFF);
        assert_eq!(level_of(&[("TF_LOG", "json")]), LevelFilter::TRACE);
        assert_eq!(level_of(&[("TF_LOG", "TRACE"), ("TF_LOG_PROVIDER", "warn")]), LevelFilter::WARN);
        assert_eq!(level_of(&[("TF_LOG_PROVIDER", "warn"), ("TF_LOG_PROVIDER_SAGE_MAKER", "off")]), LevelFilter::OFF);
    }
}
