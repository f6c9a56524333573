package io.hawser.ssh.jsch;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import io.hawser.ssh.runner.RemoteChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A channel of JSch that runs a command line. */
final class JschChannel implements RemoteChannel {
  /** The default would halve the speed over a distance. */
  private static final int WINDOW = 4 << 20;

  private final Link link;
  private final ChannelExec channel;
  private final OutputStream stdin;
  private final Runnable onClose;
  private boolean closed;

  private JschChannel(Link link, ChannelExec channel, OutputStream stdin, Runnable onClose) {
    this.link = link;
    this.channel = channel;
    this.stdin = stdin;
    this.onClose = onClose;
  }

  /**
   * Opens a channel; blocks without regard to interrupts, 20 seconds at most.
   *
   * @param onClose what is to be done once it is closed
   */
  static JschChannel open(
      Link link, byte[] line, OutputStream out, OutputStream err, Runnable onClose)
      throws JSchException {
    ChannelExec channel = (ChannelExec) link.session().openChannel("exec");
    if (channel == null) {
      throw new JSchException("session is down");
    }
    boolean open = false;
    try {
      channel.setCommand(line);
      channel.setOutputStream(out); // before connecting, else the first bytes may be lost
      channel.setErrStream(err);
      NewerMembers.widen(channel, WINDOW);
      OutputStream stdin = channel.getOutputStream();
      channel.connect(); // with a limit JSch would poll for an answer, ten milliseconds each time
      open = true;
      return new JschChannel(link, channel, stdin, onClose);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // JSch declares it but never throws it
    } finally {
      if (!open) {
        channel.disconnect();
      }
    }
  }

  @Override
  public OutputStream stdin() {
    return stdin;
  }

  @Override
  public boolean isClosed() {
    link.dropIfStuck(); // whoever waits for a command asks this again and again
    return channel.isClosed();
  }

  @Override
  public int exitStatus() {
    return channel.getExitStatus();
  }

  @Override
  public @Nullable String exitSignal() {
    return NewerMembers.exitSignal(channel);
  }

  @Override
  public void close() {
    channel.disconnect();
    if (!closed) {
      closed = true;
      onClose.run();
    }
  }
}
