package io.hawser.ssh.mock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verbs {@code check} and {@code apply}: small changes, compared or made and journalled. */
final class AgentOperations {
  private final AgentCall call;
  private final MemoryFiles files;
  private final AgentJournal journal;

  AgentOperations(AgentCall call) {
    this.call = call;
    this.files = call.files();
    this.journal = new AgentJournal(call);
  }

  void check() {
    int number = 0;
    for (List<String> operation : call.lines()) {
      call.say(++number + (isSame(operation) ? " same" : " changed"));
    }
  }

  /** Stops after the first operation that fails. */
  void apply() {
    String owner = call.argument(0);
    int number = 0;
    for (List<String> operation : call.lines()) {
      number++;
      try {
        boolean same = isSame(operation);
        if (!same) {
          make(owner, operation);
        }
        call.say(number + (same ? " same" : " changed"));
      } catch (AgentFailure | IllegalArgumentException e) {
        call.say(number + " failed " + e.getMessage());
        return;
      }
    }
  }

  private boolean isSame(List<String> operation) {
    String target = AgentFields.text(operation.get(1));
    MemoryNode node = files.at(call.below(target));
    return switch (operation.get(0)) {
      case "dir" -> {
        MemoryNode behind = files.behind(call.below(target));
        yield behind != null && behind.isDirectory() && behind.mode() == mode(operation.get(2));
      }
      case "file" ->
          node != null
              && node.mode() == mode(operation.get(2))
              && hasDigest(node, operation.get(3));
      case "swap" -> hasDigest(files.behind(call.below(target)), operation.get(3));
      case "link" -> node != null && node.target().equals(AgentFields.text(operation.get(2)));
      case "unit" -> {
        UnitState unit = call.host().units().state(target);
        MemoryNode file = files.at(call.below(unitFile(target)));
        yield hasDigest(file, operation.get(2)) && unit.enabled() && unit.active();
      }
      default -> throw new AgentFailure("unknown operation " + operation.get(0));
    };
  }

  private static boolean hasDigest(@Nullable MemoryNode node, String sha) {
    return node != null && node.isFile() && node.sha256().equals(sha);
  }

  private static int mode(String field) {
    return Integer.parseInt(field, 8);
  }

  static String unitFile(String name) {
    return "/etc/systemd/system/" + name + ".service";
  }

  private void make(String owner, List<String> operation) {
    switch (operation.get(0)) {
      case "dir" -> makeDirectory(owner, operation);
      case "file" -> makeFile(owner, operation);
      case "swap" -> swap(owner, operation);
      case "link" -> makeLink(owner, operation);
      default -> makeUnit(owner, operation);
    }
  }

  private void makeDirectory(String owner, List<String> operation) {
    String target = AgentFields.text(operation.get(1));
    String path = call.below(target);
    int mode = mode(operation.get(2));
    MemoryNode node = files.behind(path);
    if (node != null && !node.isDirectory()) {
      throw new AgentFailure(target + " is no directory");
    }
    makeParents(owner, target);
    String before = node == null ? "" : Integer.toOctalString(node.mode());
    long sequence = journal.begin(owner, "directory", target, operation.get(2), before);
    files.makeDirectory(path).mode(path, mode);
    journal.done(sequence);
  }

  private void makeParents(String owner, String target) {
    Deque<String> missing = new ArrayDeque<>();
    String parent = MemoryFiles.parent(target);
    while (!parent.equals("/") && !files.exists(call.below(parent))) {
      missing.push(parent);
      parent = MemoryFiles.parent(parent);
    }
    for (String directory : missing) {
      long sequence = journal.begin(owner, "directory", directory, "0755", "");
      files.makeDirectory(call.below(directory));
      journal.done(sequence);
    }
  }

  private void makeFile(String owner, List<String> operation) {
    String target = AgentFields.text(operation.get(1));
    MemoryNode wanted =
        MemoryNode.file(mode(operation.get(2)), AgentFields.bytes(operation.get(4)));
    checkDigest(target, wanted, operation.get(3));
    makeParents(owner, target);
    replace(owner, "file", target, call.below(target), wanted);
  }

  private void swap(String owner, List<String> operation) {
    String target = AgentFields.text(operation.get(1));
    String path = files.resolve(call.below(target), true);
    MemoryNode before = files.at(path);
    String expected = AgentFields.text(operation.get(2));
    String found = before == null ? "" : before.isFile() ? before.sha256() : "other";
    if (!found.equals(expected)) {
      throw new AgentFailure(target + " was changed by somebody else meanwhile");
    }
    int mode = before == null ? 0644 : before.mode();
    MemoryNode wanted = MemoryNode.file(mode, AgentFields.bytes(operation.get(5)));
    checkDigest(target, wanted, operation.get(3));
    makeParents(owner, target);
    long sequence =
        journal.begin(
            owner,
            "block",
            target,
            AgentFields.text(operation.get(4)),
            before == null ? "new" : "old");
    files.put(path, wanted);
    journal.done(sequence);
  }

  private static void checkDigest(String target, MemoryNode wanted, String sha) {
    if (!wanted.sha256().equals(sha)) {
      throw new AgentFailure(target + ": the content has another digest than announced");
    }
  }

  /** Keeps what a file replaces, then puts it into place. */
  private void replace(String owner, String kind, String target, String path, MemoryNode wanted) {
    MemoryNode before = files.at(path);
    if (before != null && !before.isFile()) {
      throw new AgentFailure(target + " is no file");
    }
    long sequence = journal.next();
    if (before != null) {
      files.put(journal.place("pre", sequence), before);
    }
    String name = target.substring(target.lastIndexOf('/') + 1).replaceAll("\\.service$", "");
    UnitState unit = call.host().units().state(name);
    journal.begin(
        owner,
        kind,
        target,
        wanted.sha256(),
        before == null ? "new" : "old",
        unit.enabled() ? "enabled" : "disabled",
        unit.active() ? "active" : "inactive");
    files.put(path, wanted);
    journal.done(sequence);
  }

  private void makeLink(String owner, List<String> operation) {
    String target = AgentFields.text(operation.get(1));
    String path = call.below(target);
    String to = AgentFields.text(operation.get(2));
    makeParents(owner, target);
    boolean stood = files.exists(path);
    long sequence = journal.begin(owner, "link", target, to, stood ? "old" : "new");
    if (stood) {
      files.move(path, path + ".hawser-" + sequence);
    }
    files.put(path, MemoryNode.link(to));
    journal.done(sequence);
  }

  private void makeUnit(String owner, List<String> operation) {
    String name = AgentFields.text(operation.get(1));
    MemoryNode wanted = MemoryNode.file(0644, AgentFields.bytes(operation.get(3)));
    checkDigest(name, wanted, operation.get(2));
    makeParents(owner, unitFile(name));
    replace(owner, "unit", name + ".service", call.below(unitFile(name)), wanted);
    call.host().units().install(name, call.root());
    call.host().units().enable(name, true);
    call.host().units().start(name);
  }
}
