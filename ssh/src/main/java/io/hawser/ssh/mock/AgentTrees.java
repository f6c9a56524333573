package io.hawser.ssh.mock;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The verbs that move trees of files: {@code receive}, {@code commit} and {@code abandon}. */
final class AgentTrees {
  static final String STAGE = ".hawser-stage-";

  private final AgentCall call;
  private final MemoryFiles files;

  AgentTrees(AgentCall call) {
    this.call = call;
    this.files = call.files();
  }

  void receive() {
    String stage = stage(0);
    files.makeDirectory(stage).mode(stage, 0700);
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new ByteArrayInputStream(call.input()))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(stage, entry, tar);
      }
    } catch (IOException e) {
      throw new AgentFailure("cannot unpack: " + e.getMessage());
    }
    for (Map.Entry<String, MemoryNode> entry : files.below(stage).entrySet()) {
      if (entry.getValue().isFile()) {
        String path = entry.getKey().substring(stage.length() + 1);
        call.say("f " + entry.getValue().sha256() + " " + path);
      }
    }
  }

  private void unpack(String stage, TarArchiveEntry entry, TarArchiveInputStream tar)
      throws IOException {
    String path = stage + "/" + entry.getName().replaceAll("^(\\./)+|/+$", "");
    int mode = entry.getMode() & 07777;
    if (entry.isDirectory()) {
      files.makeDirectory(path).mode(path, mode);
    } else if (entry.isSymbolicLink()) {
      files.link(path, entry.getLinkName());
    } else {
      files.makeDirectory(MemoryFiles.parent(path));
      files.put(path, MemoryNode.file(mode, tar.readAllBytes()));
    }
  }

  /** One line of the list that is committed. */
  private record Entry(boolean isNew, char type, String rank, String path) {}

  void commit() {
    String owner = call.argument(0);
    String directory = call.below(call.argument(1));
    String stage = stage(1);
    List<Entry> entries = entries(stage);
    AgentJournal journal = new AgentJournal(call);
    long sequence = journal.next();
    files.write(journal.place("tree", sequence), list(directory, stage, entries));
    journal.begin(owner, "tree", call.argument(1));
    entries.sort(Comparator.comparing(Entry::rank));
    for (Entry entry : entries) {
      String from = stage + "/" + entry.rank() + "/" + entry.path();
      String goal = directory + "/" + entry.path();
      if (!entry.isNew() && entry.type() != 'd') {
        String kept = journal.place("tree", sequence) + ".pre/" + entry.path();
        files.makeDirectory(MemoryFiles.parent(kept));
        files.move(goal, kept);
      }
      place(entry, from, goal);
    }
    files.remove(stage);
    journal.done(sequence);
  }

  private void place(Entry entry, String from, String goal) {
    if (entry.type() == 'd') {
      files.makeDirectory(goal).mode(goal, files.mode(from));
    } else {
      files.move(from, goal);
    }
  }

  private List<Entry> entries(String stage) {
    List<Entry> entries = new ArrayList<>();
    for (List<String> fields : call.lines()) {
      String path = AgentFields.text(fields.get(2));
      String rank = "0";
      for (int number = 0; number <= 9; number++) {
        rank = files.exists(stage + "/" + number + "/" + path) ? String.valueOf(number) : rank;
      }
      entries.add(new Entry(fields.get(0).equals("n"), fields.get(1).charAt(0), rank, path));
    }
    return entries;
  }

  /** What undo must know: the list, with what every entry was when it was put into place. */
  private String list(String directory, String stage, List<Entry> entries) {
    StringBuilder list = new StringBuilder();
    for (Entry entry : entries) {
      MemoryNode node = files.at(stage + "/" + entry.rank() + "/" + entry.path());
      if (node == null) {
        throw new AgentFailure(entry.path() + " was not received for " + directory);
      }
      String proof = node.isFile() ? node.sha256() : AgentFields.encode(node.target());
      list.append(entry.isNew() ? 'n' : 'r').append(' ').append(entry.type()).append(' ');
      list.append(AgentFields.encode(entry.path())).append(' ').append(proof).append('\n');
    }
    return list.toString();
  }

  void abandon() {
    files.remove(stage(0));
  }

  private String stage(int index) {
    return call.below(call.argument(index)) + "/" + STAGE + call.argument(index + 1);
  }
}
