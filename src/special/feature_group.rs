//! Why data is not enough: replacing a feature group loses the features stored in it, so a change that requires
//! replacement is rejected unless the user confirms the loss. Two arguments name features of the group, and some names are
//! reserved.

use crate::{
    definition::names::feature_group as names,
    diag::{Diagnostic, Diagnostics, argument},
    engine::{Draft, Special},
    text::list,
    value::{Path, Value},
};

/// API reference, FeatureDefinition: names that no feature can have.
const RESERVED: &[&str] = &["is_deleted", "write_time", "api_invocation_time"];

pub(super) struct FeatureGroup;

impl Special for FeatureGroup {
    // API reference, CreateFeatureGroup and FeatureDefinition. A replacement deletes the old group before the service refuses the new one.
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        let features = config.get(names::FEATURE_DEFINITION);
        if !features.is_wholly_known() {
            return;
        }
        for (place, feature) in features.elements().iter().enumerate() {
            let name = feature.get(names::FEATURE_NAME);
            if name.as_str().is_some_and(|name| RESERVED.contains(&name)) {
                let path = Path::attribute(names::FEATURE_DEFINITION).index(place).then(names::FEATURE_NAME);
                let requirement = format!("it must be none of {}, which the offline store adds", list(RESERVED));
                diagnostics.push(argument::invalid(&path, Some(name), &requirement));
            }
        }
        let time = config.get(names::EVENT_TIME_FEATURE_NAME);
        let integral = features.elements().iter().find(|feature| {
            feature.get(names::FEATURE_NAME) == time && feature.get(names::FEATURE_TYPE).as_str() == Some("Integral")
        });
        if integral.is_some() {
            let requirement = "it must name a feature of type `String` or `Fractional`";
            diagnostics.push(argument::invalid(
                &Path::attribute(names::EVENT_TIME_FEATURE_NAME),
                Some(time),
                requirement,
            ));
        }
        let known = || features.elements().iter().filter_map(|feature| feature.get(names::FEATURE_NAME).as_str());
        for name in [names::RECORD_IDENTIFIER_FEATURE_NAME, names::EVENT_TIME_FEATURE_NAME] {
            let value = config.get(name);
            if value.as_str().is_some_and(|text| !text.is_empty() && !known().any(|feature| feature == text)) {
                let requirement = format!("it must be the name of a feature of the group, one of {}", list(known()));
                diagnostics.push(argument::invalid(&Path::attribute(name), Some(value), &requirement));
            }
        }
    }

    fn modify_plan(&self, draft: &mut Draft<'_>) {
        let allowed = draft.planned.get(names::ALLOW_FEATURE_DATA_LOSS).clone();
        if allowed.as_bool() == Some(true) {
            return;
        }
        draft.keep_known_replacements(&[]);
        if draft.requires_replace.is_empty() || allowed.is_unknown() {
            return;
        }
        let features = Path::attribute(names::FEATURE_DEFINITION);
        let planned = draft.planned.get(names::FEATURE_DEFINITION);
        let losses: Vec<String> = draft
            .prior
            .get(names::FEATURE_DEFINITION)
            .elements()
            .iter()
            .filter_map(|before| loss(before, planned))
            .collect();
        let advice = "Revert the change, or set `allow_feature_data_loss = true` to accept the loss.";
        let diagnostic = if losses.is_empty() {
            let summary = "A change would lose the data of the feature group";
            let detail = format!(
                "The service cannot change {} of a feature group, so the group would be replaced and the data in its online \
                 store, if it has one, lost. {advice}",
                list(&draft.requires_replace)
            );
            Diagnostic::error(summary, detail).at(&draft.requires_replace[0])
        } else {
            let detail = format!(
                "{} The service can only add features to a feature group; for anything else the group would be replaced and \
                 the data in its online store, if it has one, lost. {advice}",
                losses.join(" ")
            );
            Diagnostic::error("A feature group cannot lose or retype features", detail).at(&features)
        };
        draft.diagnostics.push(diagnostic);
    }
}

/// The loss of an existing feature; `None` if it is kept, or if that is not known yet.
fn loss(before: &Value, planned: &Value) -> Option<String> {
    let name = before.get(names::FEATURE_NAME);
    if !planned.is_wholly_known() {
        return None;
    }
    let shown = name.as_str().unwrap_or_default();
    match planned.elements().iter().find(|after| after.get(names::FEATURE_NAME) == name) {
        None => Some(format!("Feature `{shown}` is missing.")),
        Some(after) if after != before => Some(format!("Feature `{shown}` has another type.")),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(list: &[(&str, &str)]) -> Value {
        let feature = |(name, kind): &(&str, &str)| {
            Value::from([(names::FEATURE_NAME, (*name).into()), (names::FEATURE_TYPE, (*kind).into())])
        };
        Value::List(list.iter().map(feature).collect())
    }

    fn losses(before: &[(&str, &str)], after: Value) -> Vec<String> {
        features(before).elements().iter().filter_map(|before| loss(before, &after)).collect()
    }

    #[test]
    fn only_features_of_the_group_are_named() {
        let refused = |definitions: Value| {
            let mut diagnostics = Diagnostics::new();
            let names = [(names::RECORD_IDENTIFIER_FEATURE_NAME, "id".into())];
            let mut config = Value::from(names);
            config.insert(names::FEATURE_DEFINITION, definitions);
            FeatureGroup.validate(&config, &mut diagnostics);
            diagnostics.has_error()
        };
        assert!(refused(features(&[("at", "String")])));
        assert!(!refused(features(&[("at", "String"), ("id", "String")])) && !refused(Value::unknown()));
    }

    #[test]
    fn what_the_service_refuses_of_features_is_refused_before() {
        let refused = |definitions: &[(&str, &str)]| {
            let mut diagnostics = Diagnostics::new();
            let config = Value::from([
                (names::EVENT_TIME_FEATURE_NAME, "at".into()),
                (names::FEATURE_DEFINITION, features(definitions)),
            ]);
            FeatureGroup.validate(&config, &mut diagnostics);
            diagnostics.has_error()
        };
        assert!(!refused(&[("at", "Fractional"), ("id", "Integral")]));
        assert!(refused(&[("at", "Integral")]), "no time");
        assert!(refused(&[("at", "String"), ("write_time", "String")]), "reserved");
    }

    #[test]
    fn added_and_reordered_features_lose_nothing() {
        let after = features(&[("b", "String"), ("new", "Integral"), ("a", "String")]);
        assert!(losses(&[("a", "String"), ("b", "String")], after).is_empty());
    }

    #[test]
    fn removed_and_retyped_features_are_named() {
        let after = features(&[("a", "Integral")]);
        assert_eq!(
            losses(&[("a", "String"), ("b", "String")], after),
            ["Feature `a` has another type.", "Feature `b` is missing."]
        );
    }

    #[test]
    fn unknown_values_are_not_checked() {
        assert!(losses(&[("a", "String")], Value::unknown()).is_empty());
    }
}
