package io.hawser.host;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The digests that a host computed of what it was sent: one of each file, and of nothing else. */
final class ArrivedDigests implements Consumer<String> {
  private final AgentClient agent;
  private final String verb;
  private final Set<String> sent = new HashSet<>();
  private final Map<String, String> digests = new HashMap<>();

  ArrivedDigests(AgentClient agent, String verb, List<TreeStep> batch) {
    this.agent = agent;
    this.verb = verb;
    for (TreeStep step : batch) {
      if (step.isFile()) {
        sent.add(step.staged());
      }
    }
  }

  @Override
  public void accept(String line) {
    String[] parts = line.split(" ", 3);
    boolean asked = parts.length == 3 && parts[0].equals("f") && sent.contains(parts[2]);
    if (!asked || digests.put(parts[2], parts[1]) != null) {
      throw agent.unexpected(line, verb);
    }
  }

  /** The digests by path in the staging. */
  Map<String, String> byPath() {
    return digests;
  }
}
