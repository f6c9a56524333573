package io.hawser.ssh.mock;

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
        if (same) {
          recordDone(operation);
        } else {
          make(owner, operation);
        }
        call.say(number + (same ? " same" : " changed"));
      } catch (AgentFailure | IllegalArgumentException e) {
        call.say(number + " failed " + e.getMessage());
        return;
      }
    }
  }

  /** The host may have died between a change and the line that says it happened. */
  private void recordDone(List<String> operation) {
    String kind = operation.get(0).equals("swap") ? "block" : operation.get(0);
    AgentEntry entry = journal.last(kind, AgentFields.text(operation.get(1)));
    if (entry != null && !entry.done()) {
      journal.done(entry.sequence());
    }
  }

  private boolean isSame(List<String> operation) {
    String target = AgentFields.text(operation.get(1));
    boolean unitFile = operation.get(0).equals("unit");
    MemoryNode node = files.at(call.below(unitFile ? unitFile(target) : target));
    return switch (operation.get(0)) {
      case "dir" -> {
        MemoryNode behind = files.behind(call.below(target));
        yield behind != null && behind.isDirectory() && behind.mode() == mode(operation.get(2));
      }
      case "file" ->
          node != null
              && node.mode() == mode(operation.get(2))
              && (hasDigest(node, operation.get(3)) || StandIn.isFor(node, operation.get(3)));
      case "swap" -> hasDigest(files.behind(call.below(target)), operation.get(3));
      case "link" -> node != null && node.target().equals(linkTarget(operation));
      case "unit" -> {
        UnitState unit = call.host().units().state(target);
        yield hasDigest(node, operation.get(2)) && unit.enabled() && unit.active();
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

  private String linkTarget(List<String> operation) {
    String to = AgentFields.text(operation.get(2));
    return to.startsWith("/") ? call.below(to) : to;
  }

  private void makeDirectory(String owner, List<String> operation) {
    String target = AgentFields.text(operation.get(1));
    String path = call.below(target);
    MemoryNode node = files.behind(path);
    if (node != null && !node.isDirectory()) {
      throw new AgentFailure(target + " is no directory");
    }
    if (node == null) {
      new AgentDirectories(call, journal).make(owner, target, operation.get(2));
      return;
    }
    long sequence =
        journal.begin(owner, "dir", target, operation.get(2), Integer.toOctalString(node.mode()));
    files.mode(path, mode(operation.get(2)));
    journal.done(sequence);
  }

  private void makeParents(String owner, String target) {
    new AgentDirectories(call, journal).make(owner, MemoryFiles.parent(target), "0755");
  }

  private void makeFile(String owner, List<String> operation) {
    String target = AgentFields.text(operation.get(1));
    MemoryNode wanted = checked(target, operation.get(3), mode(operation.get(2)), operation.get(4));
    makeParents(owner, target);
    long sequence = journal.next();
    String own = takeOver(sequence, last(owner, "file", target), call.below(target));
    String pre = own.isEmpty() ? keep(sequence, call.below(target)) : own;
    journal.begin(owner, "file", target, wanted.sha256(), pre);
    files.put(call.below(target), wanted);
    journal.done(sequence);
  }

  private static MemoryNode checked(String target, String sha, int mode, String content) {
    MemoryNode wanted = MemoryNode.file(mode, AgentFields.bytes(content));
    if (!wanted.sha256().equals(sha)) {
      throw new AgentFailure(target + ": the content has another digest than announced");
    }
    return wanted;
  }

  private @Nullable AgentEntry last(String owner, String kind, String target) {
    AgentEntry last = null;
    for (AgentEntry entry : journal.open()) {
      last = entry.is(kind, target) && entry.owner().equals(owner) ? entry : last;
    }
    return last;
  }

  /**
   * What an earlier run wrote is not kept: what it had kept is, once more; empty when it is not.
   */
  private String takeOver(long sequence, @Nullable AgentEntry last, String path) {
    MemoryNode now = files.at(path);
    if (last == null
        || !last.done()
        || !(hasDigest(now, last.extra(0)) || StandIn.isFor(now, last.extra(0)))) {
      return "";
    }
    MemoryNode kept = files.at(journal.place("pre", last.sequence()));
    if (last.extra(1).equals("p") && kept != null) {
      journal.keep("pre", sequence, kept);
      return "p";
    }
    return last.extra(1).equals("-") ? "-" : "";
  }

  /** Keeps what stands at a path and says how. */
  private String keep(long sequence, String path) {
    MemoryNode before = files.at(path);
    if (before == null) {
      return "-";
    }
    if (before.isFile()) {
      journal.keep("pre", sequence, before);
      return "p";
    }
    files.move(path, AgentJournal.aside(path, sequence));
    return "r";
  }

  private void swap(String owner, List<String> operation) {
    String target = AgentFields.text(operation.get(1));
    String path = files.resolve(call.below(target), true);
    MemoryNode before = files.at(path);
    String found = before == null ? "%" : before.isFile() ? before.sha256() : "-";
    if (!found.equals(operation.get(2))) {
      throw new AgentFailure(target + " was changed by somebody else meanwhile");
    }
    int mode = before == null ? 0644 : before.mode();
    MemoryNode wanted = checked(target, operation.get(3), mode, operation.get(5));
    String marker = AgentFields.text(operation.get(4));
    boolean inPlace = operation.size() > 6;
    List<AgentEntry> journalled =
        journal.open().stream()
            .filter(entry -> entry.is("block", target) && entry.extra(0).equals(marker))
            .toList();
    boolean allowedNow = inPlace && journalled.stream().allMatch(e -> e.extra(1).equals("k"));
    if (!journalled.isEmpty() && !allowedNow) {
      files.put(path, wanted);
      return;
    }
    makeParents(owner, target);
    // Whoever takes out the last block of a file that we made removes the file.
    boolean made =
        before == null
            || journal.open().stream()
                .anyMatch(entry -> entry.is("block", target) && entry.extra(1).equals("-"));
    String how = made ? "-" : inPlace ? "b" : "k";
    long sequence = journal.begin(owner, "block", target, marker, how);
    journalled.forEach(entry -> journal.undone(entry.sequence()));
    files.put(path, wanted);
    journal.done(sequence);
  }

  private void makeLink(String owner, List<String> operation) {
    String target = AgentFields.text(operation.get(1));
    String path = call.below(target);
    String to = linkTarget(operation);
    makeParents(owner, target);
    boolean stood = files.exists(path);
    String field = AgentFields.text(operation.get(2));
    long sequence = journal.begin(owner, "link", target, field, stood ? "r" : "-");
    if (stood) {
      files.move(path, AgentJournal.aside(path, sequence));
    }
    files.put(path, MemoryNode.link(to));
    journal.done(sequence);
  }

  private void makeUnit(String owner, List<String> operation) {
    String name = AgentFields.text(operation.get(1));
    String path = call.below(unitFile(name));
    MemoryNode wanted = checked(name + ".service", operation.get(2), 0644, operation.get(3));
    makeParents(owner, unitFile(name));
    MemoryUnits units = call.host().units();
    UnitState unit = units.state(name);
    AgentEntry ours = journal.last("unit", name);
    boolean stopped = hasDigest(files.at(path), wanted.sha256());
    if (stopped && ours != null && ours.extra(0).equals(wanted.sha256())) {
      // The entry that is there knows how to undo it.
      units.enable(name, true);
      units.start(name);
      return;
    }
    long sequence = journal.next();
    AgentEntry last = last(owner, "unit", name);
    String own = takeOver(sequence, last, path);
    if (last == null || own.isEmpty()) {
      String pre = keep(sequence, path);
      String enabled = unit.enabled() ? "1" : "0";
      String active = unit.active() ? "1" : "0";
      journal.begin(owner, "unit", name, wanted.sha256(), pre, enabled, active);
    } else {
      // Undo of an earlier one of ours would start it, and its configuration may be gone.
      String enabled = last.extra(2);
      journal.begin(owner, "unit", name, wanted.sha256(), own, enabled, last.extra(3));
    }
    files.put(path, wanted);
    units.install(name, call.root());
    units.enable(name, true);
    units.start(name);
    journal.done(sequence);
  }
}
