//! Writes changes in order, without blocking the calls that cause them.
//!
//! A separate thread takes all changes since its last write, and writes them durably in one step. It publishes its
//! progress; no reply is sent before the changes that it shows are durable.

use std::{
    sync::{
        Arc,
        mpsc::{self, Receiver, Sender},
    },
    thread::{self, JoinHandle},
};

use tokio::sync::watch;

use super::data::{Data, DataError};
use crate::{local::json, value::Value};

/// Numbers changes, and passes them to the thread.
#[derive(Debug)]
pub(in crate::local) struct Journal {
    /// None only while this is being dropped.
    orders: Option<Sender<(u64, Order)>>,
    thread: Option<JoinHandle<()>>,
    last: u64,
    /// The remaining bytes until the file is rewritten.
    room: usize,
}

/// The number of the last durable change, or the reason why writing ended.
pub(in crate::local) type Progress = watch::Receiver<Result<u64, Arc<DataError>>>;

#[derive(Debug)]
enum Order {
    Append(String),
    Rewrite(Vec<String>),
}

/// The minimum number of bytes that are appended before the file is rewritten.
const ROOM: usize = 1 << 20;

impl Journal {
    pub(in crate::local) fn start(data: Data) -> (Self, Progress) {
        let (orders, received) = mpsc::channel();
        let (progress, watched) = watch::channel(Ok(0));
        let room = room(data.initial_length());
        let thread = thread::spawn(move || write(data, &received, &progress));
        (Self { orders: Some(orders), thread: Some(thread), last: 0, room }, watched)
    }

    /// The number of the last change.
    pub(in crate::local) fn last(&self) -> u64 {
        self.last
    }

    /// Appends a change. If the file has grown too long, it is rewritten as a snapshot.
    pub(in crate::local) fn append(&mut self, change: &Value, everything: impl FnOnce() -> Vec<Value>) {
        let change = json::write(change);
        match self.room.checked_sub(change.len()) {
            Some(room) => {
                self.room = room;
                self.give(Order::Append(change));
            }
            None => self.rewrite(&everything()),
        }
    }

    /// Replaces all changes with a snapshot.
    pub(in crate::local) fn rewrite(&mut self, everything: &[Value]) {
        let changes: Vec<String> = everything.iter().map(json::write).collect();
        self.room = room(changes.iter().map(String::len).sum());
        self.give(Order::Rewrite(changes));
    }

    fn give(&mut self, order: Order) {
        self.last += 1;
        if let Some(orders) = &self.orders {
            // The thread has published why it ended early, and the process is about to end.
            orders.send((self.last, order)).ok();
        }
    }
}

/// A rewrite costs at most as much as was written since the last one.
fn room(written: usize) -> usize {
    written.max(ROOM)
}

/// Writes all pending changes before the file can be opened again.
impl Drop for Journal {
    fn drop(&mut self) {
        self.orders.take();
        // If the thread has panicked, that was printed already.
        self.thread.take().map(JoinHandle::join).transpose().ok();
    }
}

fn write(mut data: Data, orders: &Receiver<(u64, Order)>, progress: &watch::Sender<Result<u64, Arc<DataError>>>) {
    while let Ok(first) = orders.recv() {
        let (mut last, mut rewritten, mut changes) = (0, None, Vec::new());
        for (number, order) in std::iter::once(first).chain(orders.try_iter()) {
            last = number;
            match order {
                Order::Append(change) => changes.push(change),
                // Everything holds what was changed before.
                Order::Rewrite(everything) => (rewritten, changes) = (Some(everything), Vec::new()),
            }
        }
        let begun = rewritten.map_or(Ok(()), |everything| data.rewrite(&everything));
        let written = begun.and_then(|()| if changes.is_empty() { Ok(()) } else { data.append(&changes) });
        let failed = written.is_err();
        progress.send_modify(|state| *state = written.map(|()| last).map_err(Arc::new));
        if failed {
            return;
        }
    }
}
