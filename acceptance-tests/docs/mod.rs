//! The pages that people read: their links, their front matter, the commands and configurations in them, and the migrations
//! and installations that they describe, followed to the letter.

mod blocks;
mod commands;
mod composition;
mod differences;
mod followed;
mod front_matter;
mod installation;
mod links;
mod messages;
mod migration;
mod page;
