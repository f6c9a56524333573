package io.hawser.ssh.mock;

import static java.util.stream.Collectors.toSet;

import java.util.Map;
import java.util.Set;

/** The verb {@code list}. */
final class AgentListing {
  private final AgentCall call;

  AgentListing(AgentCall call) {
    this.call = call;
  }

  void list() {
    String given = call.below(call.argument(0));
    String directory = call.files().resolve(given, true);
    String how = call.argument(1);
    if (call.arguments() > 3) {
      if (new AgentMarks(call).holds(given, call.argument(4), call.argument(5))) {
        call.say("u");
        return;
      }
      if (call.files().exists(given + "/" + AgentTrees.STAGE + call.argument(3))) {
        call.say("w");
      }
      call.say("v " + call.host().room());
    }
    Set<String> chosen =
        call.lines().stream().map(line -> AgentFields.text(line.get(0))).collect(toSet());
    for (Map.Entry<String, MemoryNode> entry : call.files().below(directory).entrySet()) {
      String path = entry.getKey().substring(directory.length()).replaceFirst("^/", "");
      if (("/" + path).contains("/" + AgentTrees.STAGE)) {
        continue;
      }
      MemoryNode node = entry.getValue();
      if (!how.equals("chosen")) {
        say(path, node);
      }
      boolean digest = how.equals("digests") || (how.equals("chosen") && chosen.contains(path));
      if (digest && node.isFile()) {
        call.say("s " + node.sha256() + " " + path);
      }
    }
  }

  private void say(String path, MemoryNode node) {
    switch (node.kind()) {
      case DIRECTORY -> call.say("d " + MemoryAgent.octal(node) + " " + path);
      case FILE ->
          call.say("f " + MemoryAgent.octal(node) + " " + node.bytes().length + " - " + path);
      case LINK -> {
        call.say("l " + path);
        call.say("t " + node.target());
      }
    }
  }
}
