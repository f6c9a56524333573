package io.hawser.ssh.mock;

import io.hawser.ssh.Command;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Hawser's agent does on a host, done to a host in memory. */
final class MemoryAgent {
  static final String NAME = "hawser-agent";

  private static final Pattern CONFIG_PATH =
      Pattern.compile("^\\s*config_path\\s*=\\s*[\"'](.*?)[\"']", Pattern.MULTILINE);

  private final MemoryHost host;
  private final MemoryHosts neighbours;
  private final HostFaults faults;

  MemoryAgent(MemoryHost host, MemoryHosts neighbours, HostFaults faults) {
    this.host = host;
    this.neighbours = neighbours;
    this.faults = faults;
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
    if (AgentLock.CHANGING.contains(call.verb())) {
      new AgentLock(call).fence();
    }
    switch (call.verb()) {
      case "facts" -> facts(call);
      case "read" -> read(call);
      case "list" -> new AgentListing(call).list();
      case "journal" -> journal(call);
      case "check" -> new AgentOperations(call).check();
      case "survey" -> new AgentSurvey(call, neighbours, faults).survey();
      case "probe" -> new AgentProbe(call, neighbours, faults).probe();
      case "connections" -> {
        // Nobody is connected to a host in memory.
      }
      case "apply" -> new AgentOperations(call).apply();
      case "watch" -> new AgentWatch(call).watch();
      case "begin" -> begin(call);
      case "done" -> {
        AgentJournal journal = new AgentJournal(call);
        AgentEntry entry = journal.get(call.argument(0));
        new AgentWatch(call).lookAfter();
        if (!entry.done()) {
          journal.done(entry.sequence());
        }
      }
      case "receive" -> new AgentTrees(call).receive();
      case "more" -> new AgentTrees(call).more();
      case "append" -> new AgentPieces(call).append();
      case "pieces" -> new AgentPieces(call).pieces();
      case "seed" -> new AgentTrees(call).seed();
      case "mark" ->
          new AgentMarks(call).mark(call.argument(0), call.argument(1), call.argument(2));
      case "commit" -> new AgentTrees(call).commit();
      case "abandon" -> new AgentTrees(call).abandon();
      case "putback" -> new AgentTrees(call).putBack();
      case "undo" -> new AgentUndo(call).undo();
      case "undo-script" -> undoScript(call);
      case "close" -> {
        // Who has the lock gives it back later, and then it goes.
        if (call.lock().isEmpty()) {
          new AgentJournal(call).close();
        }
      }
      case "lock" -> new AgentLock(call).take();
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
    values.keySet().removeIf(AgentSurvey::isAnswer);
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
      call.say("mode 0" + octal(node));
      call.say("sha " + node.sha256());
      sayContent(call, node);
    }
  }

  static String octal(MemoryNode node) {
    return Integer.toOctalString(node.mode());
  }

  private static void journal(AgentCall call) {
    for (AgentEntry entry : new AgentJournal(call).open()) {
      boolean named = entry.kind().equals("command") || entry.kind().equals("block");
      List<String> words =
          List.of(
              "e",
              String.valueOf(entry.sequence()),
              AgentFields.encode(entry.owner()),
              entry.kind(),
              entry.done() ? "1" : "0",
              AgentFields.encode(named ? entry.extra(0) : ""),
              isUndoable(call, entry) ? "1" : "0",
              entry.target() + (entry.kind().equals("unit") ? ".service" : ""));
      call.say(String.join(" ", words));
    }
  }

  private static boolean isUndoable(AgentCall call, AgentEntry entry) {
    MemoryNode script = call.files().at(new AgentJournal(call).place("undo", entry.sequence()));
    return !entry.kind().equals("command") || (script != null && script.bytes().length > 0);
  }

  private static void begin(AgentCall call) {
    AgentJournal journal = new AgentJournal(call);
    String owner = call.argument(0);
    String name = call.argument(1);
    String fingerprint = call.argument(2);
    AgentEntry last = journal.last("command", name);
    boolean again =
        last != null
            && !last.done()
            && last.owner().equals(owner)
            && last.extra(0).equals(fingerprint);
    long sequence = last != null && again ? last.sequence() : journal.next();
    journal.keep("undo", sequence, MemoryNode.file(0700, call.input()));
    if (!again) {
      journal.begin(owner, "command", name, fingerprint);
    }
    new AgentWatch(call).lookBefore();
    call.say("seq " + sequence);
  }

  private static void undoScript(AgentCall call) {
    AgentJournal journal = new AgentJournal(call);
    AgentEntry entry = journal.get(call.argument(0));
    MemoryNode script = call.files().at(journal.place("undo", entry.sequence()));
    if (script == null) {
      throw new AgentFailure("entry " + entry.sequence() + " has no undo script");
    }
    new AgentWatch(call).lookBefore();
    sayContent(call, script);
  }

  private static void sayContent(AgentCall call, MemoryNode file) {
    call.say("data");
    String text = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(file.bytes());
    text.lines().forEach(call::say);
  }
}
