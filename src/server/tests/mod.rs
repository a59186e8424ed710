//! The complete server over real sockets, with a scripted provider and a client other than go-plugin.

mod calls;
mod client;
mod fake;
mod faults;
mod process;
mod resources;
mod tls;
