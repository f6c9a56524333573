package io.hawser.ssh.mock;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verb {@code undo}: takes one change back unless somebody else changed it since. */
final class AgentUndo {
  private final AgentCall call;
  private final MemoryFiles files;
  private final AgentJournal journal;

  AgentUndo(AgentCall call) {
    this.call = call;
    this.files = call.files();
    this.journal = new AgentJournal(call);
  }

  void undo() {
    AgentEntry entry = journal.find(call.argument(0));
    String kept =
        switch (entry.kind()) {
          case "file" -> file(entry, call.below(entry.target()));
          case "unit" -> unit(entry);
          case "link" -> link(entry);
          case "directory" -> directory(entry);
          case "tree" -> tree(entry);
          default -> "";
        };
    journal.undone(entry.sequence());
    call.say(kept.isEmpty() ? "undone" : "kept " + kept);
  }

  private String file(AgentEntry entry, String path) {
    MemoryNode now = files.at(path);
    if (now != null && !(now.isFile() && now.sha256().equals(entry.extra(0)))) {
      return entry.target() + " was changed since";
    }
    String pre = call.state() + "/pre/" + entry.sequence();
    MemoryNode before = files.at(pre);
    if (before == null) {
      files.remove(path);
    } else {
      files.put(path, before);
      files.remove(pre);
    }
    return "";
  }

  private String unit(AgentEntry entry) {
    String name = entry.target().replaceAll("\\.service$", "");
    String path = call.below(AgentOperations.unitFile(name));
    String kept = file(entry, path);
    if (!kept.isEmpty()) {
      return kept;
    }
    MemoryUnits units = call.host().units();
    units.stop(name);
    units.enable(name, entry.extra(2).equals("enabled"));
    if (!files.exists(path)) {
      units.forget(name);
    } else if (entry.extra(3).equals("active")) {
      units.start(name);
    }
    return "";
  }

  private String link(AgentEntry entry) {
    String path = call.below(entry.target());
    MemoryNode now = files.at(path);
    if (now != null && !now.target().equals(entry.extra(0))) {
      return entry.target() + " was changed since";
    }
    files.remove(path);
    String aside = path + ".hawser-" + entry.sequence();
    if (files.exists(aside)) {
      files.move(aside, path);
    }
    return "";
  }

  private String directory(AgentEntry entry) {
    String path = call.below(entry.target());
    if (!files.exists(path)) {
      return "";
    }
    if (!entry.extra(1).isEmpty()) {
      files.mode(path, Integer.parseInt(entry.extra(1), 8));
      return "";
    }
    return removeIfEmpty(path) ? "" : entry.target() + " is not empty";
  }

  private boolean removeIfEmpty(String path) {
    boolean empty = files.below(path).isEmpty();
    if (empty) {
      files.remove(path);
    }
    return empty;
  }

  private String tree(AgentEntry entry) {
    String list = call.state() + "/tree/" + entry.sequence();
    MemoryNode listed = files.at(list);
    if (listed == null) {
      return "";
    }
    String kept = "";
    List<String> lines = new String(listed.bytes(), StandardCharsets.UTF_8).lines().toList();
    for (String line : ImmutableList.copyOf(lines).reverse()) {
      List<String> fields = AgentFields.split(line);
      String path = AgentFields.text(fields.get(2));
      String where = call.below(entry.target()) + "/" + path;
      if (!takeBack(fields, where, list + ".pre/" + path)) {
        kept = path + " was changed since";
      }
    }
    files.remove(list).remove(list + ".pre");
    return kept;
  }

  private boolean takeBack(List<String> fields, String where, String pre) {
    MemoryNode now = files.at(where);
    if (now == null || fields.get(1).equals("d")) {
      return now == null || fields.get(0).equals("r") || removeIfEmpty(where);
    }
    if (!isAsWritten(now, fields)) {
      return false;
    }
    files.remove(where);
    if (files.exists(pre)) {
      files.move(pre, where);
    }
    return true;
  }

  private static boolean isAsWritten(@Nullable MemoryNode now, List<String> fields) {
    if (now == null || now.isDirectory()) {
      return false;
    }
    return now.isFile()
        ? now.sha256().equals(fields.get(3))
        : now.target().equals(AgentFields.text(fields.get(3)));
  }
}
