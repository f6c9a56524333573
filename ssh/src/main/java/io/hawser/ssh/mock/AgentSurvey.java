package io.hawser.ssh.mock;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The verb {@code survey}: what a host in memory answers unless the test says otherwise by a fact
 * of the answer's name. The room of a path is that of the longest path above it which has one.
 */
final class AgentSurvey {
  private static final String OFFSET = "clock.offset";

  private final AgentCall call;
  private final MemoryHosts neighbours;
  private final HostFaults faults;
  private final Map<String, String> facts;

  AgentSurvey(AgentCall call, MemoryHosts neighbours, HostFaults faults) {
    this.call = call;
    this.neighbours = neighbours;
    this.faults = faults;
    this.facts = call.host().facts().values();
  }

  /** Whether a fact is one of the survey's, which the verb {@code facts} does not tell. */
  static boolean isAnswer(String name) {
    return name.matches(
        "(clock|machine|addresses|engines|firewall|ipvs|lacks|selinux|((no_)?proxy|port|room|peer|clock)\\..*)");
  }

  void survey() {
    long offset = Long.parseLong(facts.getOrDefault(OFFSET, "0"));
    call.say("clock=" + facts.getOrDefault("clock", "" + (System.currentTimeMillis() + offset)));
    general().forEach((name, value) -> call.say(name + "=" + facts.getOrDefault(name, value)));
    for (int i = 0; i < call.arguments(); i++) {
      String[] question = call.argument(i).split("=", 2);
      String about = question.length < 2 ? "" : question[1];
      switch (question[0]) {
        case "port" -> say("port." + about, listeners(Integer.parseInt(about)));
        case "path" -> call.say("room." + about + "=" + room(about));
        case "peer" -> say("peer." + about, peer(about));
        default -> throw new AgentFailure("survey: " + call.argument(i) + " is no question");
      }
    }
  }

  private void say(String name, String value) {
    call.say(name + "=" + facts.getOrDefault(name, value));
  }

  private Map<String, String> general() {
    String address = call.host().address();
    Map<String, String> values = new LinkedHashMap<>();
    values.put(
        "machine",
        Hashing.sha256().hashString(address, StandardCharsets.UTF_8).toString().substring(0, 32));
    values.put("addresses", "eth0,1500," + address + " lo,65536,127.0.0.1");
    values.put("ipvs", "1");
    for (String name :
        new String[] {
          "engines",
          "firewall",
          "lacks",
          "selinux",
          "proxy.login",
          "no_proxy.login",
          "proxy.containerd",
          "no_proxy.containerd"
        }) {
      values.put(name, "");
    }
    return values;
  }

  private String listeners(int port) {
    return MemoryRegistry.on(call.host(), port) == null ? "" : "00000000,registry";
  }

  private String room(String path) {
    for (String above = path;
        !above.isEmpty();
        above = above.substring(0, above.lastIndexOf('/'))) {
      String told = facts.get("room." + above);
      if (told != null) {
        return told;
      }
    }
    String limit = call.host().room();
    String free = limit.startsWith("-") ? facts.getOrDefault("free./var", "0") + " -" : limit;
    return facts.getOrDefault("room./", free + " rw,relatime /");
  }

  private String peer(String peer) {
    int slash = peer.lastIndexOf('/');
    String address = peer.substring(0, slash);
    int port = Integer.parseInt(peer.substring(slash + 1));
    if (!address.equals(call.host().address()) && faults.isDown(address)) {
      return "silent";
    }
    boolean open =
        neighbours.at(address).stream().anyMatch(host -> MemoryRegistry.on(host, port) != null);
    return open ? "open" : "refused";
  }
}
