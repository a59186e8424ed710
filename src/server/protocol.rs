//! The protocol's messages and services, generated from `proto/` by the build.

/// Between host and provider.
#[expect(missing_docs, unused_qualifications, reason = "generated code")]
pub mod tfplugin5 {
    include!(concat!(env!("OUT_DIR"), "/tfplugin5.rs"));
}

/// The services that go-plugin requires of every plugin.
#[expect(missing_docs, unused_qualifications, reason = "generated code")]
pub mod plugin {
    include!(concat!(env!("OUT_DIR"), "/plugin.rs"));
}

/// gRPC's health check.
#[expect(missing_docs, unused_qualifications, reason = "generated code")]
pub mod health {
    include!(concat!(env!("OUT_DIR"), "/grpc.health.v1.rs"));
}
