//! The walk through the pages of a list: no further than the limit, and no more calls than the filters need.

use futures_util::{StreamExt, stream};
use tokio::sync::mpsc::Sender;

use crate::{
    api::{Api, ApiError},
    definition::{Resource, service::Operation},
    diag::{self, Diagnostics, Doing, Subject},
    engine::{
        convert::address,
        instance::Engine,
        list::{arguments::TagFilter, element},
        provider::{ListOptions, Listed},
        resource::{identity, private::Private, requests},
        service::{describe::page_size, failure::Failure, tagging},
    },
    value::Value,
};

/// How many objects are read at the same time. Limits of the service are per operation and second.
const CONCURRENT: usize = 8;

/// A listing of one resource type in one region.
pub(crate) struct Listing<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) api: &'a dyn Api,
    pub(crate) resource: &'static Resource,
    pub(crate) list: &'static Operation,
    pub(crate) config: &'a Value,
    pub(crate) region: &'a str,
    pub(crate) options: ListOptions,
}

impl Listing<'_> {
    /// Sends the objects, in the order of the service. Ends early when nobody receives them any more.
    pub(crate) async fn run(&self, mut input: Value, objects: &Sender<Listed>) -> Result<(), ApiError> {
        let tags = TagFilter::of(self.config);
        let mut left = self.options.limit;
        while left > 0 {
            // What we leave out ourselves would make small pages many calls.
            let requested = if tags.is_empty() { left } else { usize::MAX };
            if let Some(size) = page_size(self.list, requested) {
                input.insert("MaxResults", size.into());
            }
            let page = self.api.call(self.region, self.list.name, &input).await?;
            left = self.send(&page, &tags, left, objects).await;
            match page.get("NextToken").as_str().filter(|token| !token.is_empty()) {
                Some(token) if self.list.input.member("NextToken").is_some() => input.insert("NextToken", token.into()),
                _ => break,
            }
        }
        Ok(())
    }

    /// Sends the objects of a page, and returns how many may follow.
    async fn send(&self, page: &Value, tags: &TagFilter<'_>, limit: usize, objects: &Sender<Listed>) -> usize {
        let elements = self.list.pages.map_or(&[][..], |pages| page.get(pages).elements());
        // Futures do nothing before the stream polls them, at most `CONCURRENT` at a time.
        let mut pending = Vec::with_capacity(elements.len());
        for element in elements {
            if element::is_manageable(self.resource, element) {
                pending.push(self.listed(element, tags));
            }
        }
        let mut listed = std::pin::pin!(stream::iter(pending).buffered(CONCURRENT.min(limit)));
        let mut left = limit;
        while left > 0
            && let Some(object) = listed.next().await
        {
            let Some(object) = object else { continue };
            if objects.send(object).await.is_err() {
                return 0;
            }
            left -= 1;
        }
        left
    }

    /// The object of an entry; `None` if it is not to be listed.
    async fn listed(&self, element: &Value, tags: &TagFilter<'_>) -> Option<Listed> {
        let found = element::located(self.resource, element, self.config, self.region)?;
        let mut listed = Listed {
            identity: identity::of_state(self.resource, &found),
            display_name: element::display_name(self.resource, &found, element),
            ..Listed::default()
        };
        match self.complete(&found, tags, &mut listed).await {
            Ok(true) => {}
            Ok(false) => return None,
            Err(Unread { is_admitted, diagnostics }) => {
                // A host takes a warning without an identity, and lists no object with it.
                listed.identity = if is_admitted { listed.identity } else { Value::Null };
                listed.object = if is_admitted && self.options.with_objects { found } else { Value::Null };
                listed.is_incomplete = true;
                let warnings = as_warnings(&listed.display_name, is_admitted, diagnostics);
                listed.diagnostics = self.engine.without_secrets(warnings);
            }
        }
        Some(listed)
    }

    /// Adds what the host requests, and returns false if the object is not to be listed. The object is read only if the
    /// filters admit it, or if its entry does not show what they need.
    async fn complete(&self, found: &Value, tags: &TagFilter<'_>, listed: &mut Listed) -> Result<bool, Unread> {
        if !self.is_of_type(found).await? {
            return Ok(false);
        }
        if self.options.with_import_ids {
            listed.import_id = address::id(self.resource, found, self.region).unwrap_or_default();
        }
        let lacks_id = self.options.with_import_ids && listed.import_id.is_empty();
        let lacks_arn = !tags.is_empty() && self.arn(found).is_none();
        if !lacks_arn && !self.tags_admit(found, tags).await? {
            return Ok(false);
        }
        if !self.options.with_objects && !lacks_id && !lacks_arn {
            return Ok(true);
        }
        let private = Private::default().to_bytes();
        let read = requests::read(self.engine, self.resource.type_name, found, &private).await;
        if read.diagnostics.has_error() {
            return Err(Unread { is_admitted: !lacks_arn, diagnostics: read.diagnostics });
        }
        // Deleted since it was listed.
        if read.state.is_null() {
            return Ok(false);
        }
        if lacks_arn && !self.tags_admit(&read.state, tags).await? {
            return Ok(false);
        }
        listed.identity = read.identity;
        if lacks_id {
            listed.import_id = read.state.get("id").as_str().unwrap_or_default().to_owned();
        }
        if self.options.with_objects {
            listed.object = read.state;
        }
        Ok(true)
    }

    /// False for an object of another type, which the read operation refuses to describe.
    async fn is_of_type(&self, found: &Value) -> Result<bool, Unread> {
        if !self.resource.listing.mixed {
            return Ok(true);
        }
        let Some(configured) = self.engine.configured() else { return Ok(true) };
        let work = self.engine.work(self.resource, &configured, self.api, Private::default());
        match work.describe(found).await {
            Ok(reply) => Ok(reply.is_some()),
            Err(error) if error.code == "ValidationException" => Ok(false),
            Err(error) => Err(Unread { is_admitted: false, diagnostics: self.failed(found, error) }),
        }
    }

    /// True if the object has the tags.
    async fn tags_admit(&self, object: &Value, tags: &TagFilter<'_>) -> Result<bool, Unread> {
        if tags.is_empty() {
            return Ok(true);
        }
        match tagging::list(self.api, self.region, self.arn(object).unwrap_or_default()).await {
            Ok(found) => Ok(tags.admits(&found)),
            Err(error) => Err(Unread { is_admitted: false, diagnostics: self.failed(object, error) }),
        }
    }

    fn failed(&self, object: &Value, error: ApiError) -> Diagnostics {
        let Resource { type_name, noun, .. } = *self.resource;
        let id = address::id(self.resource, object, self.region);
        let subject = Subject { id: id.as_deref(), ..Subject::new(Doing::Reading, type_name, noun) };
        Failure::from(error).diagnostic(&subject, self.resource.attributes).into()
    }

    fn arn<'v>(&self, object: &'v Value) -> Option<&'v str> {
        object.get(self.resource.arn()?.name).as_str()
    }
}

/// An object of which something could not be read.
struct Unread {
    /// It is of the type, and the filters admit it; false if that is not known, so that it is not listed.
    is_admitted: bool,
    diagnostics: Diagnostics,
}

/// What kept one object from being read spoils no other.
fn as_warnings(name: &str, is_admitted: bool, diagnostics: Diagnostics) -> Diagnostics {
    let mut warnings = Diagnostics::new();
    for diagnostic in diagnostics {
        warnings.push(diag::lookup::listed_incompletely(name, is_admitted, diagnostic));
    }
    warnings
}
