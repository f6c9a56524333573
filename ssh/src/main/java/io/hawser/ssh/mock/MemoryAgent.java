package io.hawser.ssh.mock;

import io.hawser.ssh.Command;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Hawser's agent does on a host, done to a host in memory. */
final class MemoryAgent {
  static final String NAME = "hawser-agent";

  private static final Pattern CONFIG_PATH =
      Pattern.compile("^\\s*config_path\\s*=\\s*[\"'](.*?)[\"']", Pattern.MULTILINE);

  private final MemoryHost host;
  private final Function<String, @Nullable MemoryHost> neighbours;

  MemoryAgent(MemoryHost host, Function<String, @Nullable MemoryHost> neighbours) {
    this.host = host;
    this.neighbours = neighbours;
  }

  Answer run(Command command) {
    try {
      AgentCall call = new AgentCall(host, command);
      answer(call);
      return call.answer();
    } catch (AgentFailure | IllegalArgumentException e) {
      return Answer.exited(1, "", NAME + ": " + e.getMessage() + "\n");
    }
  }

  private void answer(AgentCall call) {
    switch (call.verb()) {
      case "facts" -> facts(call);
      case "read" -> read(call);
      case "list" -> list(call);
      case "journal" -> journal(call);
      case "check" -> new AgentOperations(call).check();
      case "probe" -> new AgentProbe(call, neighbours).probe();
      case "apply" -> new AgentOperations(call).apply();
      case "begin" -> begin(call);
      case "done" -> {
        AgentJournal journal = new AgentJournal(call);
        journal.done(journal.find(call.argument(0)).sequence());
      }
      case "receive" -> new AgentTrees(call).receive();
      case "commit" -> new AgentTrees(call).commit();
      case "abandon" -> new AgentTrees(call).abandon();
      case "undo" -> new AgentUndo(call).undo();
      case "undo-script" -> undoScript(call);
      case "close" -> new AgentJournal(call).close();
      default -> throw new AgentFailure("unknown verb " + call.verb());
    }
  }

  private void facts(AgentCall call) {
    Map<String, String> values = call.host().facts().values();
    String config = call.below("/etc/containerd/config.toml");
    if (call.files().exists(config)) {
      Matcher found = CONFIG_PATH.matcher(call.files().text(config));
      if (found.find()) {
        values.putIfAbsent("etc.containerd.config_path", found.group(1));
      }
    }
    values.forEach((name, value) -> call.say(name + "=" + value));
  }

  private static void read(AgentCall call) {
    MemoryNode node = call.files().behind(call.below(call.argument(0)));
    if (node == null) {
      call.say("kind missing");
    } else if (!node.isFile()) {
      call.say("kind other");
    } else {
      call.say("kind file");
      call.say("mode " + octal(node));
      call.say("sha " + node.sha256());
      call.say("data " + Base64.getEncoder().encodeToString(node.bytes()));
    }
  }

  static String octal(MemoryNode node) {
    return String.format("%04o", node.mode());
  }

  private static void list(AgentCall call) {
    String directory = call.files().resolve(call.below(call.argument(0)), true);
    boolean digests = call.argument(1).equals("digests");
    for (Map.Entry<String, MemoryNode> entry : call.files().below(directory).entrySet()) {
      String path = entry.getKey().substring(directory.length()).replaceFirst("^/", "");
      MemoryNode node = entry.getValue();
      if (path.startsWith(AgentTrees.STAGE) || path.contains("/" + AgentTrees.STAGE)) {
        continue;
      }
      switch (node.kind()) {
        case DIRECTORY -> call.say("d " + octal(node) + " " + path);
        case LINK -> {
          call.say("l " + path);
          call.say("t " + node.target());
        }
        case FILE -> {
          String sha = digests ? node.sha256() : "-";
          call.say("f " + octal(node) + " " + node.bytes().length + " " + sha + " " + path);
        }
      }
    }
  }

  private static void journal(AgentCall call) {
    for (AgentEntry entry : new AgentJournal(call).open()) {
      boolean command = entry.kind().equals("command");
      boolean block = entry.kind().equals("block");
      call.say(
          "e "
              + entry.sequence()
              + " "
              + AgentFields.encode(entry.owner())
              + " "
              + entry.kind()
              + " "
              + (entry.done() ? 1 : 0)
              + " "
              + AgentFields.encode(command || block ? entry.extra(0) : "")
              + " "
              + (command && !entry.extra(1).equals("1") ? 0 : 1)
              + " "
              + entry.target());
    }
  }

  private static void begin(AgentCall call) {
    AgentJournal journal = new AgentJournal(call);
    byte[] script = call.input();
    long sequence = journal.next();
    if (script.length > 0) {
      call.files().put(journal.place("undo", sequence), MemoryNode.file(0700, script));
    }
    String undoable = script.length > 0 ? "1" : "0";
    journal.begin(call.argument(0), "command", call.argument(1), call.argument(2), undoable);
    call.say("seq " + sequence);
  }

  private static void undoScript(AgentCall call) {
    AgentEntry entry = new AgentJournal(call).find(call.argument(0));
    String path = call.state() + "/undo/" + entry.sequence();
    if (call.files().exists(path)) {
      call.files().text(path).lines().forEach(call::say);
    }
  }
}
