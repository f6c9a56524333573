package io.hawser.testkit;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;

/**
 * A session channel that can say how its command ended before its streams do: sshd reports the exit
 * status at once even if a daemon keeps the streams open, and names the signal of a killed command.
 */
final class ExecChannel extends ChannelSession {
  static final ChannelFactory FACTORY =
      new ChannelFactory() {
        @Override
        public String getName() {
          return "session";
        }

        @Override
        public Channel createChannel(Session session) {
          return new ExecChannel();
        }
      };

  private final AtomicBoolean reported = new AtomicBoolean();

  void reportStatus(int status) throws IOException {
    if (!reported.getAndSet(true)) {
      Buffer packet = request("exit-status");
      packet.putUInt(status);
      writePacket(packet);
    }
  }

  void reportSignal(String name) throws IOException {
    if (!reported.getAndSet(true)) {
      Buffer packet = request("exit-signal");
      packet.putString(name);
      packet.putBoolean(false); // no core was dumped
      packet.putString("");
      packet.putString("");
      writePacket(packet);
    }
  }

  /** What the base class does at the end of the streams: by then the end has been reported. */
  @Override
  protected void sendExitStatus(int status) throws IOException {
    reportStatus(status);
  }

  private Buffer request(String type) {
    Buffer packet = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
    packet.putUInt(getRecipient());
    packet.putString(type);
    packet.putBoolean(false); // RFC 4254, 6.10: no reply wanted
    return packet;
  }
}
