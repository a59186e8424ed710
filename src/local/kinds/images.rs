//! Images for Studio, and their versions.

use crate::{
    local::{
        error::{ErrorText, IN_USE, ServiceError},
        kind::{Behavior, Call, Draft, Kind, List, NEWEST_FIRST, ORDINARY, Parent, Revision},
        lifecycle::{LIFECYCLE, Lifecycle},
        operations::{
            ids::resolved_image,
            list,
            members::{elements, put},
            ordinary,
        },
        storage::store::{Object, Region},
    },
    value::{Map, Value},
};

pub(in crate::local) static KINDS: &[&Kind] = &[&IMAGE, &VERSION];

static IMAGE: Kind = Kind {
    noun: "Image",
    id: "image",
    name: "ImageName",
    arn: "ImageArn",
    operations: &[
        ("UpdateImage", Behavior::Amend(update_image)),
        ("DeleteImage", Behavior::Other(delete)),
        ("ListAliases", Behavior::Other(list_aliases)),
    ],
    lifecycle: Some(Lifecycle {
        status: "ImageStatus",
        creating: &["CREATING"],
        created: Some("CREATED"),
        failed: Some("CREATE_FAILED"),
        updating: Some("UPDATING"),
        update_failed: Some("UPDATE_FAILED"),
        deleting: Some("DELETING"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

static VERSION: Kind = Kind {
    noun: "ImageVersion",
    id: "image-version",
    name: "ImageName",
    arn: "ImageVersionArn",
    locate: Some(locate),
    parents: &[Parent { kind: &IMAGE, member: "ImageName", blocks_deletion: false }],
    operations: &[
        ("CreateImageVersion", Behavior::Create(number)),
        ("UpdateImageVersion", Behavior::Amend(update_version)),
        ("ListImageVersions", Behavior::List(List { others: &["ImageName"], keep: of_image, ..NEWEST_FIRST })),
    ],
    lifecycle: Some(Lifecycle {
        status: "ImageVersionStatus",
        creating: &["CREATING"],
        created: Some("CREATED"),
        failed: Some("CREATE_FAILED"),
        deleting: Some("DELETING"),
        ..LIFECYCLE
    }),
    ..ORDINARY
};

/// Assumed wording.
const ONE_AT_A_TIME: ErrorText = ErrorText { code: IN_USE, message: "Image version {arn} is in {status} status." };

/// Not shown by describing a version, but by ListAliases.
const ALIASES: &str = "Aliases";

/// The versions are deleted with the image (API reference).
fn delete(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    ordinary::delete_with(&IMAGE, call, ordinary::if_stable, &VERSION, |call, image| {
        versions(call.region, &image.name).map(|one| one.key.clone()).collect()
    })
}

fn update_image(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    revision.members.remove("DeleteProperties");
    for property in call.input.get("DeleteProperties").elements() {
        revision.members.remove(property.as_str().unwrap_or_default());
    }
    Ok(())
}

/// Turns the draft into the next version of its image. Numbers are never reused while the image exists.
fn number(call: &mut Call<'_>, draft: &mut Draft) -> Result<(), ServiceError> {
    let image = call.find(&IMAGE, call.text("ImageName"))?;
    let (key, name, arn, version) = (image.key.clone(), image.name.clone(), image.arn.clone(), image.parts + 1);
    check_aliases(call, call.input.get(ALIASES), 0)?;
    if let Some(other) = versions(call.region, &name).find(|one| one.change.is_some()) {
        // hashicorp/aws creates the versions of an image one after the other.
        return Err(call.in_status(&VERSION, &ONE_AT_A_TIME, other));
    }
    if let Some(image) = call.region.get_mut(IMAGE.id, &key) {
        image.parts = version;
    }
    draft.key = format!("{key}/{version}");
    draft.name = name;
    put(&mut draft.members, "ImageArn", arn);
    put(&mut draft.members, "Version", version);
    put(&mut draft.members, "ContainerImage", resolved_image(call.text("BaseImage")));
    Ok(())
}

fn update_version(call: &Call<'_>, revision: &mut Revision) -> Result<(), ServiceError> {
    let members = &mut revision.members;
    for member in ["Alias", "AliasesToAdd", "AliasesToDelete"] {
        members.remove(member);
    }
    let version = call.named(&VERSION)?.members.get("Version").cloned().unwrap_or_default();
    let number = version.as_i64().unwrap_or_default();
    put(members, "Version", version);
    check_aliases(call, call.input.get("AliasesToAdd"), number)?;
    let mut aliases = elements(members, ALIASES).to_vec();
    aliases.retain(|alias| !call.input.get("AliasesToDelete").elements().contains(alias));
    for alias in call.input.get("AliasesToAdd").elements() {
        if !aliases.contains(alias) {
            aliases.push(alias.clone());
        }
    }
    put(members, ALIASES, Value::List(aliases));
    Ok(())
}

/// An alias belongs to one version. That it has to be removed from that version first is assumed, as is the wording.
fn check_aliases(call: &Call<'_>, aliases: &Value, version: i64) -> Result<(), ServiceError> {
    let image = call.text("ImageName");
    let mut others = versions(call.region, image).filter(|one| one.members.get("Version") != Some(&version.into()));
    let taken = others.find_map(|one| {
        let alias = aliases.elements().iter().find(|alias| aliases_of(one).contains(alias))?;
        Some(format!("Alias {} already refers to {}.", alias.as_str().unwrap_or_default(), one.arn))
    });
    taken.map_or(Ok(()), |message| Err(ServiceError::new(IN_USE, message)))
}

fn aliases_of(version: &Object) -> &[Value] {
    elements(&version.members, ALIASES)
}

fn versions<'a>(region: &'a Region, image: &str) -> impl Iterator<Item = &'a Object> + use<'a> {
    let image = image.to_lowercase();
    region.of_kind(VERSION.id).filter(move |one| one.name.to_lowercase() == image)
}

/// By number, by alias, or else the latest (API reference, DescribeImageVersion).
fn locate(call: &Call<'_>) -> Result<String, ServiceError> {
    let image = call.text("ImageName");
    call.find(&IMAGE, image)?;
    let (number, alias) = (call.input.get("Version"), call.input.get("Alias"));
    let newest = || versions(call.region, image).max_by_key(|one| one.serial).map(|one| one.key.clone());
    Ok(match (number.as_number(), alias.as_str()) {
        (Some(number), _) => format!("{}/{number}", image.to_lowercase()),
        (None, Some(name)) => {
            let found = versions(call.region, image).find(|one| aliases_of(one).contains(alias));
            found.map_or_else(|| format!("{}/{name}", image.to_lowercase()), |one| one.key.clone())
        }
        (None, None) => newest().unwrap_or_else(|| image.to_lowercase()),
    })
}

fn of_image(call: &Call<'_>, view: &Map) -> bool {
    let name = view.get("ImageName").and_then(Value::as_str).unwrap_or_default();
    name.eq_ignore_ascii_case(call.text("ImageName"))
}

fn list_aliases(call: &mut Call<'_>) -> Result<Value, ServiceError> {
    let image = call.find(&IMAGE, call.text("ImageName"))?.name.clone();
    let (version, alias) = (call.input.get("Version"), call.input.get("Alias"));
    let of_version = |one: &&Object| version.is_null() || one.members.get("Version") == Some(version);
    let aliases = versions(call.region, &image).filter(of_version).flat_map(aliases_of);
    let aliases = aliases.filter(|one| alias.is_null() || *one == alias).cloned().collect();
    list::page_of(call, "SageMakerImageVersionAliases", aliases)
}

#[cfg(test)]
mod tests {
    use crate::local::{
        json,
        tests::bench::{Bench, text},
    };

    const NAME: &str = r#"{"ImageName":"Tools"}"#;

    fn with_image() -> Bench {
        let bench = Bench::new();
        let role = "arn:aws:iam::123456789012:role/r";
        bench.ok("CreateImage", &format!(r#"{{"ImageName":"Tools","RoleArn":"{role}","Description":"d"}}"#));
        bench.wait();
        bench
    }

    fn add_version(bench: &Bench, token: &str, aliases: &str) -> String {
        let input = format!(
            r#"{{"ImageName":"Tools","BaseImage":"r.io/tools:1","ClientToken":"token-{token}","Aliases":{aliases}}}"#
        );
        let arn = text(&bench.ok("CreateImageVersion", &input), "ImageVersionArn").to_owned();
        bench.wait();
        arn
    }

    #[test]
    fn versions_are_numbered_and_numbers_are_not_used_again() {
        let bench = with_image();
        assert!(add_version(&bench, "a", "[]").ends_with(":image-version/tools/1"));
        assert!(add_version(&bench, "b", "[]").ends_with(":image-version/tools/2"));
        assert!(add_version(&bench, "b", "[]").ends_with("/2"), "the same token creates no new version");
        bench.ok("DeleteImageVersion", r#"{"ImageName":"Tools","Version":2}"#);
        bench.wait();
        assert!(add_version(&bench, "c", "[]").ends_with("/3"));
        let latest = bench.ok("DescribeImageVersion", NAME);
        assert!(text(&latest, "ImageVersionArn").ends_with("/3"));
        assert!(text(&latest, "ContainerImage").starts_with("r.io/tools@sha256:"));
    }

    #[test]
    fn a_version_is_found_by_its_aliases() {
        let bench = with_image();
        add_version(&bench, "a", r#"["stable"]"#);
        add_version(&bench, "b", r#"["latest"]"#);
        let by_alias = bench.ok("DescribeImageVersion", r#"{"ImageName":"Tools","Alias":"stable"}"#);
        assert!(text(&by_alias, "ImageVersionArn").ends_with("/1"));
        let take = r#"{"ImageName":"Tools","Version":1,"AliasesToAdd":["latest"]}"#;
        assert!(bench.refused("UpdateImageVersion", take).starts_with("ResourceInUse: "));
        let change = r#"{"ImageName":"Tools","Version":1,"AliasesToAdd":["old"],"AliasesToDelete":["stable"]}"#;
        bench.ok("UpdateImageVersion", change);
        bench.wait();
        let aliases = bench.ok("ListAliases", r#"{"ImageName":"Tools","Version":1}"#);
        assert_eq!(json::write(aliases.get("SageMakerImageVersionAliases")), r#"["old"]"#);
    }

    #[test]
    fn an_image_is_deleted_with_its_versions() {
        let bench = with_image();
        add_version(&bench, "a", "[]");
        bench.ok("DeleteImage", NAME);
        let version = r#"{"ImageName":"Tools","Version":1}"#;
        assert!(bench.refused("DescribeImageVersion", version).starts_with("ResourceNotFound: "));
        bench.wait();
        assert_eq!(
            bench.refused("DescribeImage", NAME),
            "ResourceNotFound: Image arn:aws:sagemaker:eu-central-1:123456789012:image/tools does not exist."
        );
    }

    #[test]
    fn properties_of_an_image_are_taken_away_by_name() {
        let bench = with_image();
        bench.ok("UpdateImage", r#"{"ImageName":"Tools","DisplayName":"T","DeleteProperties":["Description"]}"#);
        bench.wait();
        let shown = bench.ok("DescribeImage", NAME);
        assert_eq!((text(&shown, "DisplayName"), text(&shown, "Description")), ("T", ""));
    }
}
