package io.hawser.ssh.jsch;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** Carries a session's bytes through a jump host: a TCP connection that is opened from there. */
@SuppressWarnings("NullAway") // JSch's interface has null for "no socket", and streams set later
final class Tunnel implements Proxy {
  private static final int WINDOW = 4 << 20;

  private final Session through;
  private final Runnable onReached;
  private final TimedPipe pipe = new TimedPipe();
  private @Nullable ChannelDirectTCPIP channel;
  private @Nullable OutputStream out;

  /**
   * Prepares a tunnel.
   *
   * @param onReached told when the TCP connection is there
   */
  Tunnel(Session through, Runnable onReached) {
    this.through = through;
    this.onReached = onReached;
  }

  @Override
  public void connect(SocketFactory ignored, String host, int port, int timeout)
      throws JSchException, IOException {
    ChannelDirectTCPIP fresh = (ChannelDirectTCPIP) through.openChannel("direct-tcpip");
    channel = fresh;
    fresh.setHost(host);
    fresh.setPort(port);
    fresh.setOutputStream(pipe.sink());
    NewerMembers.widen(fresh, WINDOW);
    out = fresh.getOutputStream();
    try {
      fresh.connect(timeout);
    } catch (JSchException e) {
      throw new ConnectException(
          "the jump host opens no connection to it ("
              + e.getMessage()
              + "); is it reachable from there, and does that sshd allow AllowTcpForwarding?");
    }
    if (!fresh.isConnected()) {
      throw new ConnectException("the jump host's link is down");
    }
    pipe.timeout(ConnectAttempt.KEEP_ALIVE_MILLIS);
    onReached.run();
  }

  @Override
  public InputStream getInputStream() {
    return pipe.source();
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  /** There is none: JSch then leaves the limits on reading to the stream. */
  @Override
  public @Nullable Socket getSocket() {
    return null;
  }

  /** Ends what waits for bytes; never waits itself. */
  void cut() {
    pipe.close();
  }

  @Override
  public void close() {
    cut();
    if (channel != null) {
      channel.disconnect();
    }
  }
}
