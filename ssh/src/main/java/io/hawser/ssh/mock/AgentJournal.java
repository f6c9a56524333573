package io.hawser.ssh.mock;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The journal on a host, in the same text as the real agent writes. */
final class AgentJournal {
  private static final String HEADER = "hawser-journal ";
  private static final int VERSION = 1;

  /** Names the parents of the state directory that we made; it lies beside it. */
  private static final String MADE = "/.made";

  private static final List<String> FOLDERS = ImmutableList.of("pre", "undo", "tree");

  private final MemoryFiles files;
  private final String state;

  AgentJournal(AgentCall call) {
    this.files = call.files();
    this.state = call.state();
  }

  /** All changes, oldest first, undone ones too. */
  List<AgentEntry> entries() {
    Map<Long, AgentEntry> entries = new TreeMap<>();
    for (String line : lines()) {
      List<String> fields = AgentFields.split(line);
      if (line.startsWith("S ")) {
        AgentEntry entry = started(fields);
        entries.put(entry.sequence(), entry);
      } else if (line.startsWith("D ")) {
        entries.computeIfPresent(number(fields), (sequence, entry) -> entry.markDone());
      } else if (line.startsWith("U ")) {
        entries.computeIfPresent(number(fields), (sequence, entry) -> entry.markUndone());
      }
    }
    return ImmutableList.copyOf(entries.values());
  }

  private static AgentEntry started(List<String> fields) {
    List<String> texts = fields.stream().map(AgentFields::text).toList();
    List<String> extra = texts.subList(5, texts.size() - 1);
    return new AgentEntry(
        number(fields), texts.get(2), texts.get(3), texts.get(4), extra, false, false);
  }

  private static long number(List<String> fields) {
    return Long.parseLong(fields.get(1));
  }

  /** What is not undone, oldest first. */
  List<AgentEntry> open() {
    return entries().stream().filter(entry -> !entry.undone()).toList();
  }

  /** The change with a number, if it is not undone. */
  Optional<AgentEntry> find(String sequence) {
    return open().stream()
        .filter(entry -> String.valueOf(entry.sequence()).equals(sequence))
        .findFirst();
  }

  /** The change with a number, which must not be undone. */
  AgentEntry get(String sequence) {
    return find(sequence).orElseThrow(() -> new AgentFailure("no entry " + sequence));
  }

  /** The number that the next change gets. */
  long next() {
    List<AgentEntry> entries = entries();
    return entries.isEmpty() ? 1 : entries.get(entries.size() - 1).sequence() + 1;
  }

  /** Writes that a change is about to happen. */
  long begin(String owner, String kind, String target, String... extra) {
    long sequence = next();
    String fields =
        ImmutableList.<String>builder().add(owner, kind, target).add(extra).build().stream()
            .map(AgentFields::encode)
            .collect(Collectors.joining(" "));
    append("S " + sequence + " " + fields);
    return sequence;
  }

  void done(long sequence) {
    append("D " + sequence);
  }

  /** Writes that a change was undone, and forgets what was kept for that. */
  void undone(long sequence) {
    append("U " + sequence);
    FOLDERS.forEach(folder -> files.remove(place(folder, sequence)));
    files.remove(place("tree", sequence) + ".pre");
    files.remove(place("pre", sequence) + ".watch");
  }

  /** The newest change of a kind and target that is not undone, or null. */
  @Nullable AgentEntry last(String kind, String target) {
    AgentEntry found = null;
    for (AgentEntry entry : open()) {
      found = entry.is(kind, target) ? entry : found;
    }
    return found;
  }

  /** Where what stood at a path goes when it cannot be copied. */
  static String aside(String path, long sequence) {
    return path + ".hawser-" + sequence;
  }

  /** Where something that belongs to a change is, or shall be, kept. */
  String place(String folder, long sequence) {
    return state + "/" + folder + "/" + sequence;
  }

  /** Keeps something that belongs to a change. */
  void keep(String folder, long sequence, MemoryNode node) {
    prepare();
    files.put(place(folder, sequence), node);
  }

  /** Removes the state directory when nothing is left to undo, and the parents made for it. */
  void close() {
    String home = MemoryFiles.parent(state);
    if (!open().isEmpty() || !files.exists(home)) {
      return;
    }
    files.remove(state);
    String made = home + MADE;
    List<String> parents = files.exists(made) ? files.text(made).lines().toList() : List.of();
    if (files.below(home).keySet().stream().anyMatch(path -> !path.endsWith(MADE))) {
      return;
    }
    files.remove(home);
    for (String parent : ImmutableList.copyOf(parents).reverse()) {
      if (files.below(parent).isEmpty()) {
        files.remove(parent);
      }
    }
  }

  private void append(String text) {
    prepare();
    // What was read ends with the last whole line: a torn one is cut off here.
    String before = String.join("\n", lines()) + "\n";
    long sum = new Cksum().add(before).add(text).value();
    files.write(journal(), before + text + " " + sum + "\n");
  }

  private void prepare() {
    if (files.exists(journal())) {
      return;
    }
    makeHome();
    files.makeDirectory(state).mode(state, 0700);
    FOLDERS.forEach(
        folder -> files.makeDirectory(state + "/" + folder).mode(state + "/" + folder, 0700));
    files.write(journal(), HEADER + VERSION + "\n").mode(journal(), 0600);
  }

  /** Makes the directory of all clusters, and remembers which of its parents were missing. */
  void makeHome() {
    String home = MemoryFiles.parent(state);
    StringBuilder missing = new StringBuilder();
    for (String up = MemoryFiles.parent(home); !files.exists(up); up = MemoryFiles.parent(up)) {
      missing.insert(0, up + "\n");
    }
    files.makeDirectory(home);
    if (!missing.isEmpty()) {
      files.write(home + MADE, missing).mode(home + MADE, 0600);
    }
  }

  private String journal() {
    return state + "/journal";
  }

  /** The whole lines; a torn last one is not there. */
  private List<String> lines() {
    MemoryNode node = files.behind(journal());
    if (node == null) {
      return List.of();
    }
    String text = new String(node.bytes(), StandardCharsets.UTF_8);
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    if (!lines.isEmpty() && !lines.get(0).equals(HEADER + VERSION)) {
      throw new AgentFailure(
          "the journal is \"" + lines.get(0) + "\", this agent knows version " + VERSION);
    }
    Cksum sum = new Cksum();
    for (int index = 0; index < lines.size(); index++) {
      String line = lines.get(index);
      int blank = line.lastIndexOf(' ');
      sum.add(index == 0 ? line : line.substring(0, blank));
      if (index > 0 && !line.substring(blank + 1).equals(String.valueOf(sum.value()))) {
        throw new AgentFailure("the journal is damaged at line " + (index + 1));
      }
      sum.add(index == 0 ? "\n" : line.substring(blank) + "\n");
    }
    return lines;
  }
}
