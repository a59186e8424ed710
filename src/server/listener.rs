//! The listener: a Unix socket that only this user can open, or a TCP port of the loopback interface.

#[cfg(unix)]
use std::{
    fs,
    path::{Path, PathBuf},
};
use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    ops::RangeInclusive,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpListener,
};
use tonic::transport::server::Connected;

/// A listening socket, and its address for the handshake.
pub(super) struct Listener {
    socket: Socket,
    pub(super) network: &'static str,
    pub(super) address: String,
    /// Removed when the listener is dropped.
    #[cfg(unix)]
    _directory: Option<SocketDirectory>,
}

enum Socket {
    #[cfg(unix)]
    Unix(tokio::net::UnixListener),
    Tcp(TcpListener),
}

impl Listener {
    /// Opens a Unix socket in the first of `directories` that allows one. A path may be too long for a socket, or its
    /// file system may not support sockets.
    #[cfg(unix)]
    pub(super) fn unix(directories: &[PathBuf]) -> io::Result<Self> {
        let mut problem = io::Error::from(io::ErrorKind::NotFound);
        for directory in directories {
            match Self::unix_in(directory) {
                Ok(listener) => return Ok(listener),
                Err(error) => problem = error,
            }
        }
        Err(problem)
    }

    #[cfg(unix)]
    fn unix_in(directory: &Path) -> io::Result<Self> {
        use std::os::unix::fs::PermissionsExt;
        let directory = SocketDirectory::create(directory)?;
        let path = directory.0.join("socket");
        let listener = tokio::net::UnixListener::bind(&path)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
        let address = path.to_str().ok_or(io::ErrorKind::InvalidFilename)?.to_owned();
        Ok(Self { socket: Socket::Unix(listener), network: "unix", address, _directory: Some(directory) })
    }

    /// Opens the first free port of the range on the loopback interface.
    pub(super) fn tcp(ports: RangeInclusive<u16>) -> io::Result<Self> {
        let mut problem = io::Error::from(io::ErrorKind::AddrNotAvailable);
        for port in ports {
            match std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))) {
                Ok(listener) => {
                    listener.set_nonblocking(true)?;
                    let address = listener.local_addr()?.to_string();
                    let socket = Socket::Tcp(TcpListener::from_std(listener)?);
                    return Ok(Self {
                        socket,
                        network: "tcp",
                        address,
                        #[cfg(unix)]
                        _directory: None,
                    });
                }
                Err(error) => problem = error,
            }
        }
        Err(problem)
    }

    pub(super) async fn accept(&self) -> io::Result<Connection> {
        match &self.socket {
            #[cfg(unix)]
            Socket::Unix(listener) => Ok(Connection::new(listener.accept().await?.0)),
            Socket::Tcp(listener) => {
                let stream = listener.accept().await?.0;
                stream.set_nodelay(true)?;
                Ok(Connection::new(stream))
            }
        }
    }
}

/// A new directory that only this user can enter, so that nobody can open the socket before its permissions are set.
#[cfg(unix)]
struct SocketDirectory(PathBuf);

#[cfg(unix)]
impl SocketDirectory {
    fn create(parent: &Path) -> io::Result<Self> {
        use std::os::unix::fs::DirBuilderExt;
        let path = parent.join(format!("plugin{:016x}", fastrand::u64(..)));
        fs::DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Self(path))
    }
}

#[cfg(unix)]
impl Drop for SocketDirectory {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, path = %self.0.display(), "the socket could not be removed");
        }
    }
}

/// A connection of any transport, encrypted or not.
pub(super) struct Connection(Pin<Box<dyn Stream>>);

trait Stream: AsyncRead + AsyncWrite + Send {}

impl<T: AsyncRead + AsyncWrite + Send> Stream for T {}

impl Connection {
    pub(super) fn new(stream: impl AsyncRead + AsyncWrite + Send + 'static) -> Self {
        Self(Box::pin(stream))
    }
}

impl Connected for Connection {
    type ConnectInfo = ();

    fn connect_info(&self) {}
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.0.as_mut().poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.0.as_mut().poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.0.as_mut().poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.0.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.as_mut().poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.as_mut().poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[tokio::test]
    async fn a_socket_is_for_this_user_only_and_is_removed_with_its_listener() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().expect("a directory");
        let listener = Listener::unix(&[home.path().to_owned()]).expect("a socket");
        let socket = PathBuf::from(&listener.address);
        let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        assert_eq!(mode(&socket), 0o600);
        assert_eq!(mode(socket.parent().expect("it stands in one")), 0o700);
        drop(listener);
        assert_eq!(fs::read_dir(home.path()).expect("readable").count(), 0);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_directory_with_a_path_too_long_for_sockets_is_skipped() {
        let home = tempfile::tempdir().expect("a directory");
        let long = home.path().join("d".repeat(120));
        fs::create_dir(&long).expect("a directory");
        let listener = Listener::unix(&[long.clone(), home.path().to_owned()]).expect("a socket");
        assert!(
            Path::new(&listener.address).starts_with(home.path()) && !Path::new(&listener.address).starts_with(&long)
        );
        assert_eq!(fs::read_dir(long).expect("readable").count(), 0);
    }

    #[tokio::test]
    async fn the_first_free_port_of_the_range_is_used() {
        let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = taken.local_addr().expect("it has one").port();
        let listener = Listener::tcp(port..=u16::MAX).expect("another port");
        assert!(listener.address.starts_with("127.0.0.1:"));
        assert_ne!(listener.address, format!("127.0.0.1:{port}"));
        assert!(Listener::tcp(port..=port).is_err());
    }
}
