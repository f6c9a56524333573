package io.hawser.ssh.mock;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verb {@code undo}: takes one change back unless somebody else changed it since. */
final class AgentUndo {
  private static final String CHANGED = " was changed since";

  private final AgentCall call;
  private final MemoryFiles files;
  private final AgentJournal journal;

  AgentUndo(AgentCall call) {
    this.call = call;
    this.files = call.files();
    this.journal = new AgentJournal(call);
  }

  void undo() {
    AgentEntry entry = journal.find(call.argument(0)).orElse(null);
    if (entry == null) {
      call.say("undone");
      return;
    }
    if (entry.kind().equals("watch")) {
      String said = new AgentWatch(call).undo(entry, call.hasOption("settings-stay"));
      if (!said.startsWith("waits")) {
        journal.undone(entry.sequence());
      }
      call.say(said.replaceFirst("^waits ", "kept "));
      return;
    }
    refuseWhatNobodyWrote(entry);
    String kept =
        switch (entry.kind()) {
          case "command" -> {
            new AgentWatch(call).lookAfter();
            yield "";
          }
          case "dir" -> directory(entry);
          case "file" -> file(entry, call.below(entry.target()));
          case "link" -> link(entry);
          case "block" -> block(entry);
          case "unit" -> unit(entry);
          case "tree" -> tree(entry);
          default -> "";
        };
    boolean waits = !kept.isEmpty() && entry.kind().equals("dir") && holdsOthers(entry);
    if (!waits) {
      journal.undone(entry.sequence());
    }
    call.say(kept.isEmpty() ? "undone" : "kept " + kept);
  }

  private static void refuseWhatNobodyWrote(AgentEntry entry) {
    boolean path = !entry.kind().equals("command") && !entry.kind().equals("unit");
    if (path && entry.target().replaceAll("/+$", "").isEmpty()) {
      throw new AgentFailure("the journal names \"" + entry.target() + "\" as a whole");
    }
  }

  /** Whether other changes lie in a directory, so that it can be removed after them. */
  private boolean holdsOthers(AgentEntry directory) {
    return journal.open().stream()
        .filter(entry -> entry.sequence() != directory.sequence())
        .filter(entry -> !entry.kind().equals("command"))
        .map(AgentUndo::place)
        .anyMatch(path -> path.startsWith(directory.target() + "/"));
  }

  private static String place(AgentEntry entry) {
    return switch (entry.kind()) {
      case "unit" -> AgentOperations.unitFile(entry.target());
      case "tree" -> entry.target() + "/.";
      default -> entry.target();
    };
  }

  private String directory(AgentEntry entry) {
    String path = call.below(entry.target());
    MemoryNode now = files.at(path);
    if (now == null || !now.isDirectory()) {
      return "";
    }
    if (entry.extra(1).equals("-")) {
      String cluster = call.state().substring(call.state().lastIndexOf('/') + 1);
      files.remove(path + "/" + AgentTrees.STAGE + cluster);
      if (purge() && !holdsOthers(entry) && mayPurge(path)) {
        files.remove(path);
        return "";
      }
      return removeIfEmpty(path) ? "" : entry.target() + " is not empty";
    }
    if (now.mode() == Integer.parseInt(entry.extra(0), 8)) {
      files.mode(path, Integer.parseInt(entry.extra(1), 8));
    }
    return "";
  }

  /** Neither our state nor what another cluster did may go with what others put in a directory. */
  private boolean mayPurge(String path) {
    String homes = MemoryFiles.parent(call.state());
    String target = " " + AgentFields.encode(path.substring(call.root().length()));
    return !(call.state() + "/").startsWith(path + "/")
        && files.paths(homes).stream()
            .filter(file -> file.endsWith("/journal") && !file.startsWith(call.state() + "/"))
            .noneMatch(file -> files.text(file).contains(target));
  }

  private boolean removeIfEmpty(String path) {
    boolean empty = files.below(path).isEmpty();
    if (empty) {
      files.remove(path);
    }
    return empty;
  }

  private String file(AgentEntry entry, String path) {
    MemoryNode now = files.at(path);
    String written = entry.extra(0);
    boolean ours =
        now == null
            || (now.isFile() && now.sha256().equals(written))
            || StandIn.isFor(now, written);
    return putBack(entry, path, ours);
  }

  private String link(AgentEntry entry) {
    String path = call.below(entry.target());
    MemoryNode now = files.at(path);
    String to = entry.extra(0);
    String written = to.startsWith("/") ? call.below(to) : to;
    return putBack(entry, path, now == null || now.target().equals(written));
  }

  /** Puts back what a change replaced: to its place, or beside it when the place is not ours. */
  private String putBack(AgentEntry entry, String path, boolean ours) {
    String aside = AgentJournal.aside(path, entry.sequence());
    String pre = journal.place("pre", entry.sequence());
    if (!ours && isSame(files.at(path), files.at(pre))) {
      return "";
    }
    if (ours) {
      files.remove(path);
    }
    if (entry.extra(1).equals("p")) {
      files.move(pre, ours ? path : aside);
    } else if (entry.extra(1).equals("r") && ours) {
      files.move(aside, path);
    }
    return ours ? "" : entry.target() + CHANGED;
  }

  /** Whether somebody put back already what was there before. */
  private static boolean isSame(@Nullable MemoryNode now, @Nullable MemoryNode before) {
    return now != null
        && before != null
        && now.kind() == before.kind()
        && now.target().equals(before.target())
        && now.sha256().equals(before.sha256());
  }

  /** The controller took the block out before; a file that was made for it goes when empty. */
  private String block(AgentEntry entry) {
    String path = call.below(entry.target());
    MemoryNode now = files.at(path);
    boolean empty = now != null && now.isFile() && now.bytes().length == 0;
    boolean last = journal.open().stream().filter(e -> e.is("block", entry.target())).count() == 1;
    if (empty && last && entry.extra(1).equals("-")) {
      files.remove(path);
    }
    return "";
  }

  private String unit(AgentEntry entry) {
    String name = entry.target();
    String path = call.below(AgentOperations.unitFile(name));
    MemoryUnits units = call.host().units();
    String kept = file(entry, path);
    if (!kept.isEmpty()) {
      return kept;
    }
    units.stop(name);
    units.enable(name, entry.extra(2).equals("1"));
    if (!files.exists(path)) {
      units.forget(name);
    } else if (entry.extra(3).equals("1")) {
      units.start(name);
    }
    return "";
  }

  private String tree(AgentEntry entry) {
    new AgentMarks(call).forget();
    String list = journal.place("tree", entry.sequence());
    files.remove(call.below(entry.target()) + "/" + AgentTrees.STAGE + entry.extra(0));
    MemoryNode listed = files.at(list);
    if (listed == null) {
      return "";
    }
    String kept = "";
    List<TreeLine> lines = TreeLine.all(listed.bytes());
    for (TreeLine line : ImmutableList.copyOf(lines).reverse()) {
      String path = call.below(entry.target()) + "/" + line.path();
      if (!takeBack(entry, line, path, list + ".pre/" + line.path())) {
        kept = line.path() + CHANGED;
      }
    }
    return kept;
  }

  private boolean takeBack(AgentEntry entry, TreeLine line, String path, String pre) {
    MemoryNode now = files.at(path);
    boolean ours = now == null || isAsWritten(now, line, path) || isDamage(entry, now, line, pre);
    if (line.how() == 'm') {
      if (ours && now != null) {
        files.mode(path, line.modeBefore());
      }
      return ours;
    }
    if (ours && now != null) {
      files.remove(path);
    }
    if (files.exists(pre)) {
      files.move(pre, ours ? path : AgentJournal.aside(path, entry.sequence()));
    }
    return ours;
  }

  /** A file of ours that does not hold what its name states is nobody's work. */
  private boolean isDamage(AgentEntry entry, MemoryNode now, TreeLine line, String pre) {
    return now.isFile()
        && line.isStated()
        && (line.how() != 'r'
            || (files.exists(pre)
                ? !isSame(now, files.at(pre))
                : new EarlierTrees(call).put(entry, line)));
  }

  private boolean purge() {
    return call.hasOption("purge");
  }

  private boolean isAsWritten(MemoryNode now, TreeLine line, String path) {
    if (line.how() == 'm') {
      return !now.isLink() && now.mode() == line.mode();
    }
    return switch (line.kind()) {
      case 'd' -> now.isDirectory() && (purge() || files.below(path).isEmpty());
      case 'f' -> now.isFile() && now.sha256().equals(line.value());
      default -> now.isLink() && now.target().equals(line.value());
    };
  }
}
