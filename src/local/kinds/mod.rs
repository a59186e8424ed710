//! The kinds of resources, a file for each kind or family, and what some families have in common.
//!
//! - Models and how they come about: `algorithm`, `model`, `model_package`, `model_package_group`, `cards`, `training`, `jobs`,
//!   `auto_ml_job` with `auto_ml_candidates`, `ai`, `plans`, `pipelines` with `callbacks`, `lineage`, `feature_group`;
//! - inference: `endpoint` with `deployment`, `endpoint_config`, `inference`, `inference_gateways`, `monitoring`, `edge`;
//! - HyperPod: `clusters`, `cluster_capacity`, `cluster_extension`, `cluster_moves`;
//! - people and their tools: `studio`, `studio_configs`, `images`, `notebooks`, `people`, `projects`, `hubs`, `mlflow`;
//! - operations on many kinds: `search`, `tagging`;
//! - what several share: `lifecycles`, `policy`, `validated`, `versions`.

pub(super) mod ai;
pub(super) mod algorithm;
mod auto_ml_candidates;
pub(super) mod auto_ml_job;
mod callbacks;
pub(super) mod cards;
pub(super) mod cluster_capacity;
pub(super) mod cluster_extension;
pub(super) mod cluster_moves;
pub(super) mod clusters;
mod deployment;
pub(super) mod edge;
pub(super) mod endpoint;
pub(super) mod endpoint_config;
pub(super) mod feature_group;
pub(super) mod hubs;
pub(super) mod images;
pub(super) mod inference;
pub(super) mod inference_gateways;
pub(super) mod jobs;
mod lifecycles;
pub(super) mod lineage;
pub(super) mod mlflow;
pub(super) mod model;
pub(super) mod model_package;
pub(super) mod model_package_group;
pub(super) mod monitoring;
pub(super) mod notebooks;
pub(super) mod people;
pub(super) mod pipelines;
pub(super) mod plans;
mod policy;
pub(super) mod projects;
pub(super) mod search;
pub(super) mod studio;
pub(super) mod studio_configs;
pub(super) mod tagging;
pub(super) mod training;
mod validated;
mod versions;
