package io.hawser.host;

import com.google.common.net.InetAddresses;
import io.hawser.cluster.Host;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the connections that a host holds at a port. */
final class OpenConnections {
  private static final Pattern LINE =
      Pattern.compile("c ([0-9A-F]{8,32}) [0-9A-F]{8,32}:[0-9A-F]+");

  private final AgentClient agent;

  OpenConnections(AgentClient agent) {
    this.agent = agent;
  }

  OptionalInt to(int port) {
    String digits = String.format(Locale.ROOT, "%04X", port);
    List<String> answer = agent.call(AgentClient.NOTHING, "connections", digits);
    int count = 0;
    for (String line : answer) {
      if (line.startsWith("unchecked ")) {
        return OptionalInt.empty();
      }
      Matcher connection = LINE.matcher(line);
      if (!connection.matches()) {
        throw agent.unexpected(line, "connections");
      }
      if (isTo(agent.host(), connection.group(1))) {
        count++;
      }
    }
    return OptionalInt.of(count);
  }

  private static boolean isTo(Host host, String local) {
    if (host.root().equals("/") || !InetAddresses.isInetAddress(host.address())) {
      return true;
    }
    byte[] bytes = InetAddresses.forString(host.address()).getAddress();
    if (bytes.length != 4) {
      return true;
    }
    // In the order of the machine's bytes; where a socket is of both kinds, after twelve others.
    String little = hex(bytes[3], bytes[2], bytes[1], bytes[0]);
    return local.endsWith(little) || local.endsWith(hex(bytes[0], bytes[1], bytes[2], bytes[3]));
  }

  private static String hex(byte... bytes) {
    StringBuilder digits = new StringBuilder();
    for (byte part : bytes) {
      digits.append(String.format(Locale.ROOT, "%02X", part));
    }
    return digits.toString();
  }
}
