//! The compiler's output and its problem reports, for a small fictional API.

mod attributes;
mod calls;
mod files;
mod resources;
mod settings;
mod widget;
