//! Sources that break the rules, each with another syntax, and sources that only appear to.

use super::{ROOTS, Sources, arrows_of, circles, offences};

fn sources(files: &[(&str, &str)]) -> Sources {
    files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect()
}

/// The violations in `diag/inner.rs` with this text; `diag` may not name `engine`.
fn wrong(text: &str) -> Vec<String> {
    offences(&arrows_of(&sources(&[
        ("lib.rs", "mod diag; mod engine; mod value;"),
        ("diag/mod.rs", "mod inner; pub struct Diagnostic;"),
        ("diag/inner.rs", text),
        ("engine/mod.rs", "pub mod plan; pub struct Engine;"),
        ("engine/plan.rs", "pub struct Draft;"),
        ("value/mod.rs", "pub struct Value;"),
    ])))
}

/// The circles between the files of one room.
fn circles_of(files: &[(&str, &str)]) -> Vec<String> {
    let mut sources = sources(files);
    sources.insert(ROOTS[0].to_owned(), "mod value;".to_owned());
    circles(&arrows_of(&sources))
}

#[test]
fn another_room_is_found_in_every_syntax() {
    for text in [
        "use crate::engine::Engine;",
        "use crate::engine;",
        "use crate::engine as other;",
        "use crate::engine::*;",
        "use crate::*; fn f() { engine::run() }",
        "use crate as root; fn f() { root::engine::run() }",
        "pub use crate::engine::plan;",
        "use crate::{engine::Engine, value::Value};",
        "use crate::{value::Value, engine::{self, plan::{Draft as Other}}};",
        "use super::super::engine::Engine;",
        "use super::super::{engine::plan::Draft as _};",
        "use super::super as root; use root::engine;",
        "fn f() { use crate::engine::Engine; }",
        "fn f() { crate::engine::run() }",
        "fn f(engine: &crate::engine::Engine) {}",
        "fn f(engine: u8) { match engine { crate::engine::LIMIT => {} _ => {} } }",
        "fn f<T: crate::engine::Special>() {}",
        "struct S(Vec<Option<crate::engine::Engine>>);",
        "impl From<u8> for crate::engine::Engine {}",
        "const S: u8 = <u8 as crate::engine::Most>::MOST;",
        "fn f() { vec![1, crate::engine::run()]; }",
        "fn f() { select! { _ = async { super::super::engine::run() } => {} } }",
        "macro_rules! m { () => { $crate::engine::run() } }",
        "macro_rules! m { () => { use crate::{value::Value, engine::{plan::Draft}}; } }",
        "#[derive(crate::engine::Derive)] struct S;",
        "mod a { mod b { use super::super::super::super::engine::Engine; } }",
        "mod a { use super::*; } use crate::{engine}; mod b { use super::*; fn f() { engine::run() } }",
        "#[cfg(test)] mod tests { use crate::engine::Engine; }",
    ] {
        assert_ne!(wrong(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn another_crate_is_found_in_every_syntax() {
    for text in [
        "use aws_types::region::Region;",
        "use aws_types;",
        "use ::aws_types::region::Region as _;",
        "use {std::fmt, aws_types::{region::Region}};",
        "extern crate aws_types;",
        "extern crate aws_types as types;",
        "fn f() { aws_types::region() }",
        "fn f() { ::aws_types::region() }",
        "fn f(region: Option<aws_types::Region>) {}",
        "fn f() { info!(\"{}\", aws_types::region()) }",
        "#[derive(aws_types::Derive)] struct S;",
        "use tonic::{Request, Status};",
        "fn f() -> prost::Message {}",
        "#[cfg(test)] mod tests { use rmp::encode; }",
    ] {
        assert_ne!(wrong(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn names_that_only_resemble_rooms_or_crates_are_accepted() {
    for text in [
        "use crate::value::Value;",
        "use super::Diagnostic; use std::{fmt, io};",
        "use super::super::value::Value;",
        "//! [`crate::engine::Engine`] knows.",
        "/// [`crate::engine::Engine`] knows.\nfn f() {}",
        "const S: &str = \"crate::engine::Engine and aws_types::Region\"; // crate::engine::Engine",
        "fn f(engine: u8) -> u8 { let aws_types = engine; aws_types }",
        "mod engine { pub fn run() {} } fn f() { engine::run() }",
        "mod engine { pub fn run() {} } fn f() { self::engine::run() }",
        "use std::fmt as aws_types; fn f() { aws_types::format() }",
        "pub(in crate::diag) fn f() {}",
    ] {
        assert_eq!(wrong(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn circles_are_reported_with_their_imports() {
    let room = ("value/mod.rs", "mod a; mod b; mod c;");
    let two = [room, ("value/a.rs", "use super::b::B;"), ("value/b.rs", "use super::{a::A};"), ("value/c.rs", "")];
    assert_eq!(circles_of(&two), ["value/a.rs → value/b.rs: super::b::B", "value/b.rs → value/a.rs: super::a::A"]);
    let three = [
        room,
        ("value/a.rs", "use super::b; fn f() { b::g() }"),
        ("value/b.rs", "fn g() { crate::value::c::h() }"),
        ("value/c.rs", "fn h() { println!(\"{}\", super::a::f()) }"),
    ];
    assert_eq!(circles_of(&three).len(), 3);
    let face = [("value/mod.rs", "mod a; pub struct B; fn f() { a::g() }"), ("value/a.rs", "use super::B;")];
    assert_eq!(circles_of(&face).len(), 2);
    let exported = [
        ("value/mod.rs", "mod a; mod b; pub use self::{a::A, b::B};"),
        ("value/a.rs", "use super::B;"),
        ("value/b.rs", ""),
    ];
    assert_eq!(circles_of(&exported).len(), 2);
}

#[test]
fn circles_of_test_code_are_reported() {
    let between_files = [
        ("value/mod.rs", "#[cfg(test)] mod a; #[cfg(test)] mod b;"),
        ("value/a.rs", "use super::b::B;"),
        ("value/b.rs", "use super::a::A;"),
    ];
    let from_a = "value/a.rs (test code) → value/b.rs (test code): super::b::B";
    let from_b = "value/b.rs (test code) → value/a.rs (test code): super::a::A";
    assert_eq!(circles_of(&between_files), [from_a, from_b]);
    let inside_files = [
        ("value/mod.rs", "mod a; mod b;"),
        ("value/a.rs", "#[cfg(test)] pub mod tests { use crate::value::b::tests::B; }"),
        ("value/b.rs", "#[cfg(test)] pub mod tests { use crate::value::a::tests::A; }"),
    ];
    assert_eq!(circles_of(&inside_files).len(), 2);
    let below_a_room = [
        ("value/mod.rs", "#[cfg(test)] mod tests;"),
        ("value/tests/mod.rs", "mod a; struct B; fn f() { a::g() }"),
        ("value/tests/a.rs", "use super::B;"),
    ];
    assert_eq!(circles_of(&below_a_room).len(), 2);
}

#[test]
fn imports_in_one_direction_are_no_circle() {
    let face = ("value/mod.rs", "mod a; mod b; #[cfg(test)] mod c; pub use a::A; pub use b::B;");
    let down = [
        face,
        ("value/a.rs", "use super::b::B; pub(super) struct A;"),
        ("value/b.rs", "pub(in crate::value) struct B; mod inner { use super::B; }"),
        ("value/c.rs", "use super::A;"),
    ];
    assert_eq!(circles_of(&down), Vec::<String>::new());
    let tests = [
        face,
        ("value/a.rs", "use super::b::B;"),
        ("value/b.rs", "#[cfg(test)] mod tests { use super::super::a::A; } #[cfg(test)] use super::A;"),
        ("value/c.rs", "use super::{A, b::helper};"),
    ];
    assert_eq!(circles_of(&tests), Vec::<String>::new());
    let helpers = [
        ("value/mod.rs", "mod a; mod b; #[cfg(test)] mod helpers;"),
        ("value/a.rs", "pub struct A; #[cfg(test)] mod tests { use super::super::helpers::helper; }"),
        ("value/b.rs", "pub struct B; #[cfg(test)] mod tests { use super::super::helpers::helper; }"),
        ("value/helpers.rs", "use super::{a::A, b::B};"),
    ];
    assert_eq!(circles_of(&helpers), Vec::<String>::new());
}
