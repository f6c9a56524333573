package io.hawser.ssh.mock;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The journal on a host, in the same text as the real agent writes. */
final class AgentJournal {
  private static final String HEADER = "hawser-journal ";
  private static final int VERSION = 1;

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
  AgentEntry find(String sequence) {
    return open().stream()
        .filter(entry -> String.valueOf(entry.sequence()).equals(sequence))
        .findFirst()
        .orElseThrow(() -> new AgentFailure("no entry " + sequence + " in the journal"));
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

  void undone(long sequence) {
    append("U " + sequence);
  }

  /** Where something that belongs to a change is kept. */
  String place(String folder, long sequence) {
    prepare();
    String directory = state + "/" + folder;
    if (!files.exists(directory)) {
      files.makeDirectory(directory).mode(directory, 0700);
    }
    return directory + "/" + sequence;
  }

  /** Removes the state directory when nothing is left to undo. */
  void close() {
    if (open().isEmpty()) {
      files.remove(state);
      removeIfEmpty(MemoryFiles.parent(state));
    }
  }

  private void removeIfEmpty(String directory) {
    if (files.isDirectory(directory) && files.below(directory).isEmpty()) {
      files.remove(directory);
    }
  }

  private void append(String text) {
    prepare();
    List<String> lines = lines();
    StringBuilder whole = new StringBuilder();
    lines.forEach(line -> whole.append(line).append('\n'));
    long sum = Cksum.ofLine(lines.get(lines.size() - 1));
    files.write(journal(), whole.append(text).append(' ').append(sum).append('\n'));
  }

  private void prepare() {
    if (!files.exists(state)) {
      files.makeDirectory(state).mode(state, 0700);
    }
    if (!files.exists(journal())) {
      files.write(journal(), HEADER + VERSION + "\n").mode(journal(), 0600);
    }
  }

  private String journal() {
    return state + "/journal";
  }

  /** The complete lines; a torn last one is not there. */
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
    for (int index = 1; index < lines.size(); index++) {
      if (!lines.get(index).endsWith(" " + Cksum.ofLine(lines.get(index - 1)))) {
        throw new AgentFailure("the journal is damaged at line " + (index + 1));
      }
    }
    return lines;
  }
}
