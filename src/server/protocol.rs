//! The messages and services of the wire, made by the build from `proto/`.

/// Between host and provider.
#[expect(missing_docs, unused_qualifications, reason = "generated code")]
pub mod tfplugin5 {
    include!(concat!(env!("OUT_DIR"), "/tfplugin5.rs"));
}

/// What go-plugin expects of every plugin.
#[expect(missing_docs, unused_qualifications, reason = "generated code")]
pub mod plugin {
    include!(concat!(env!("OUT_DIR"), "/plugin.rs"));
}

/// gRPC's health check.
#[expect(missing_docs, unused_qualifications, reason = "generated code")]
pub mod health {
    include!(concat!(env!("OUT_DIR"), "/grpc.health.v1.rs"));
}
