//! Hand-written exceptions: what data cannot say of a resource, one file each, and the one table of them.
//!
//! Each file begins with why data was not enough.

mod device;
mod endpoint;
mod endpoint_configuration;
mod feature_group;
mod pipeline;
mod servicecatalog_portfolio_status;

use crate::engine::Specials;

/// The specials by resource type.
pub const SPECIALS: Specials = &[
    ("sagemaker_device", &device::Device),
    ("sagemaker_endpoint", &endpoint::Endpoint),
    ("sagemaker_endpoint_configuration", &endpoint_configuration::EndpointConfiguration),
    ("sagemaker_feature_group", &feature_group::FeatureGroup),
    ("sagemaker_pipeline", &pipeline::Pipeline),
    ("sagemaker_servicecatalog_portfolio_status", &servicecatalog_portfolio_status::ServicecatalogPortfolioStatus),
];
