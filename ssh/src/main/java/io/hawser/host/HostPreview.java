package io.hawser.host;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.hawser.Secret;
import io.hawser.host.HostChange.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What a run would do to one host, change by change: reads only. Lists of changes are given in the
 * order of the run, and each is seen as if those before it had been applied: where two write one
 * file, the second changes what the first wrote. What commands do beside Hawser is not known.
 *
 * <p>Not thread-safe.
 */
public final class HostPreview {
  private final HostAccess access;
  private final AgentClient agent;
  private final TreeTransfer trees;
  private final Function<? super Secret, String> mark;
  private final Map<String, FileState> written = new HashMap<>();
  private final Set<List<Object>> listed = new HashSet<>();
  private final Set<String> stopped = new HashSet<>();
  private final Set<String> filled = new HashSet<>();

  HostPreview(
      HostAccess access,
      AgentClient agent,
      TreeTransfer trees,
      Function<? super Secret, String> mark) {
    this.access = access;
    this.agent = agent;
    this.trees = trees;
    this.mark = mark;
  }

  /**
   * What changes would do, in order; what was given before and is as wanted by then is left out.
   *
   * @throws HostStateException if the host's files are in a state that cannot be worked with
   * @throws io.hawser.ssh.SshException if the host cannot be reached
   */
  public List<PlannedChange> of(List<? extends HostChange> changes) {
    List<HostChange> compared =
        changes.stream()
            .filter(change -> !(change instanceof TreeChange))
            .map(HostChange.class::cast)
            .toList();
    List<ChangeResult> results = access.compare(compared);
    ImmutableList.Builder<PlannedChange> planned = ImmutableList.builder();
    int next = 0;
    for (HostChange change : changes) {
      boolean isTree = change instanceof TreeChange;
      boolean same = !isTree && results.get(next++).outcome() == Outcome.SAME;
      boolean known = !listed.add(identity(change));
      PlannedChange one = known && !isText(change) ? PlannedChange.same(change) : of(change, same);
      if (!known || one.isChange()) {
        planned.add(one);
      }
    }
    return planned.build();
  }

  /** A service that runs is stopped, so that it is started again with what follows. */
  public PlannedChange stopping(UnitChange unit) {
    stopped.add(unit.name());
    String service = unit.target();
    String summary =
        "stop " + service + ", which has to read files anew that were changed on the host";
    return PlannedChange.changed(unit, mark("stop", service))
        .withSummary(summary)
        .with(List.of(PlannedCommand.systemctl("stop", unit.name())), List.of());
  }

  /** Entries of the host's journal that would be undone, newest first. */
  public List<PlannedChange> undoing(Set<JournalEntry> entries) {
    return entries.stream()
        .sorted(Comparator.comparingLong(JournalEntry::sequence).reversed())
        .map(this::undoing)
        .toList();
  }

  private PlannedChange undoing(JournalEntry entry) {
    String what = "undo " + entry.kind() + " " + entry.target();
    List<PlannedCommand> commands =
        entry.kind().equals("unit")
            ? List.of(
                PlannedCommand.systemctl("stop", entry.target()),
                PlannedCommand.systemctl("disable", entry.target()),
                PlannedCommand.systemctl("daemon-reload"))
            : List.of();
    return new PlannedChange(
        entry.target(),
        what,
        Outcome.CHANGED,
        true,
        commands,
        List.of(),
        0,
        0,
        mark("undo", entry.toString()));
  }

  private static boolean isText(HostChange change) {
    return change instanceof FileChange || change instanceof BlockChange;
  }

  /** By what a change that is wanted twice is known again. */
  private static List<Object> identity(HostChange change) {
    if (change instanceof TreeChange) {
      return List.of(change.getClass(), change.target(), change.summary());
    }
    return change instanceof CommandChange command
        ? List.of(change.getClass(), command.name(), command.fingerprint())
        : List.of(change);
  }

  private PlannedChange of(HostChange change, boolean same) {
    if (change instanceof FileChange file) {
      FileState after = FileState.of(file.mode(), file.content().reveal());
      return text(file, file.path(), same, file.secret(), before -> after);
    }
    if (change instanceof BlockChange block) {
      return text(block, block.path(), same, false, before -> edited(before, block));
    }
    if (change instanceof TreeChange tree) {
      return tree(tree);
    }
    if (change instanceof UnitChange unit) {
      return same && !stopped.remove(unit.name()) ? PlannedChange.same(unit) : unit(unit);
    }
    if (same || (change instanceof DirectoryChange directory && isMade(directory))) {
      return PlannedChange.same(change);
    }
    if (change instanceof CommandChange command) {
      return PlannedChange.changed(command, mark("run", command.name(), command.fingerprint()))
          .withSummary(PlannedCommand.hidden(command.summary(), command.command()))
          .with(
              List.of(
                  PlannedCommand.of(UndoScript.withRoot(command.command(), agent.host().root()))),
              List.of());
    }
    return PlannedChange.changed(change, mark("change", change.toString()));
  }

  /** A directory that is not there yet comes with what is put into it before. */
  private boolean isMade(DirectoryChange directory) {
    String inside = directory.path() + "/";
    return directory.mode() == 0755
        && filled.stream().anyMatch(path -> path.startsWith(inside))
        && FileState.read(agent, directory.path()).isMissing();
  }

  private PlannedChange text(
      HostChange change,
      String path,
      boolean same,
      boolean secret,
      Function<FileState, FileState> edit) {
    if (same && !written.containsKey(path)) {
      return PlannedChange.same(change);
    }
    FileState before = before(path);
    FileState after = edit.apply(before);
    if (same(change, same, before, after)) {
      return PlannedChange.same(change);
    }
    written.put(path, after);
    filled.add(path);
    return PlannedChange.changed(change, mark("file", path, before.exact(), after.exact()))
        .with(List.of(), List.of(FileState.planned(path, before, after, secret)));
  }

  private static FileState edited(FileState before, BlockChange block) {
    return FileState.inPlaceOf(before, BlockFile.edited(before.bytes(), block));
  }

  /** The host's own word counts where nothing before it wrote there. */
  private boolean same(HostChange change, boolean same, FileState before, FileState after) {
    return written.containsKey(change.target()) ? before.isSame(after) : same;
  }

  private FileState before(String path) {
    FileState known = written.get(path);
    return known != null ? known : FileState.read(agent, path);
  }

  private PlannedChange unit(UnitChange unit) {
    FileState before = before(unit.path());
    FileState after = FileState.of(0644, unit.content());
    boolean differs = !before.isFile() || !before.exact().endsWith(contentOf(after));
    List<PlannedCommand> commands =
        List.of(
            PlannedCommand.systemctl("daemon-reload"),
            PlannedCommand.systemctl("enable", unit.target()),
            PlannedCommand.systemctl(differs ? "restart" : "start", unit.target()));
    List<PlannedFile> files = new ArrayList<>();
    if (differs) {
      written.put(unit.path(), after);
      filled.add(unit.path());
      files.add(FileState.planned(unit.path(), before, after, false));
    }
    return PlannedChange.changed(unit, mark("unit", unit.path(), before.exact(), after.exact()))
        .with(commands, files);
  }

  private static String contentOf(FileState file) {
    return file.exact().substring(file.exact().indexOf(' '));
  }

  private PlannedChange tree(TreeChange tree) {
    TreeComparison comparison = trees.compare(tree);
    if (comparison.isSame()) {
      return PlannedChange.same(tree);
    }
    filled.add(tree.path() + "/.");
    TreeDelta delta = comparison.delta();
    Hasher all = Hashing.sha256().newHasher();
    List<PlannedFile> first = new ArrayList<>();
    for (Iterator<TreeStep> steps = delta.steps(); steps.hasNext(); ) {
      TreeStep step = steps.next();
      all.putString(step.line() + " " + step.mode() + "\n", StandardCharsets.UTF_8);
      if (first.size() < PlannedChange.MOST_FILES && step.type() != TreeFile.Type.DIRECTORY) {
        first.add(file(tree.path(), step));
      }
    }
    TransferSize size = TransferSize.of(delta);
    return PlannedChange.changed(tree, mark("tree", tree.path(), all.hash().toString()))
        .with(List.of(), first)
        .sending(size.files(), size.bytes());
  }

  private static PlannedFile file(String directory, TreeStep step) {
    String before =
        switch (step.how()) {
          case NEW, INSIDE -> "";
          case REPLACE -> "something else";
          case MODE -> FileState.shown(step.oldMode(), "content as wanted");
        };
    String after =
        switch (step.type()) {
          case LINK -> "link to " + step.file().linkTarget();
          case DIRECTORY -> FileState.shown(step.mode(), "directory");
          case FILE -> FileState.shown(step.mode(), content(step));
        };
    return new PlannedFile(directory + "/" + step.path(), before, after, "");
  }

  private static String content(TreeStep step) {
    return FileState.isConfidential(step.mode())
        ? FileState.HIDDEN
        : step.size() + " bytes sha256:" + step.tree().digest(step.index());
  }

  private String mark(String... parts) {
    return mark.apply(Secret.of(String.join("\0", parts)));
  }
}
