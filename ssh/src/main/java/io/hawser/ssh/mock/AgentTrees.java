package io.hawser.ssh.mock;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** The verbs that move trees of files: {@code receive}, {@code commit} and {@code abandon}. */
final class AgentTrees {
  static final String STAGE = ".hawser-stage-";

  private final AgentCall call;
  private final MemoryFiles files;
  private final AgentJournal journal;

  AgentTrees(AgentCall call) {
    this.call = call;
    this.files = call.files();
    this.journal = new AgentJournal(call);
  }

  void receive() {
    String owner = call.argument(0);
    String directory = call.argument(1);
    String token = call.argument(2);
    new AgentDirectories(call, journal).make(owner, directory, "0755");
    if (begun(owner, directory, token) == null) {
      journal.begin(owner, "tree", directory, token);
    }
    String stage = stage(directory, token);
    if (!files.exists(stage)) {
      files.makeDirectory(stage).mode(stage, 0700);
    }
    unpack(stage, call.argument(3));
  }

  void more() {
    String stage = stage(call.argument(0), call.argument(1));
    if (!files.exists(stage)) {
      throw new AgentFailure("the staging below " + call.argument(0) + " is gone");
    }
    unpack(stage, call.argument(2));
  }

  /** Copies what of the named files lies in a directory of the host, behind no link. */
  void seed() {
    String stage = stage(call.argument(0), call.argument(1));
    if (!files.exists(stage)) {
      throw new AgentFailure("the staging below " + call.argument(0) + " is gone");
    }
    String seed = files.resolve(call.below(call.argument(2)), true);
    for (List<String> line : call.lines()) {
      int mode = Integer.parseInt(line.get(0), 8);
      String path = AgentFields.text(line.get(1));
      String there = seed + path.substring(path.indexOf('/'));
      MemoryNode node = files.resolve(there, true).equals(there) ? files.at(there) : null;
      if (node != null && node.isFile()) {
        String goal = stage + "/" + path;
        files.makeDirectory(MemoryFiles.parent(goal)).put(goal, node.withMode(mode));
        call.say("f " + node.sha256() + " " + path);
      }
    }
  }

  /** The archive brings a list of its files, NUL between them. */
  private void unpack(String stage, String list) {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new ByteArrayInputStream(call.input()))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(stage, entry, tar);
      }
    } catch (IOException e) {
      throw new AgentFailure("cannot unpack: " + e.getMessage());
    }
    String place = stage + "/" + STAGE + list;
    for (String name : files.text(place).split("\0", -1)) {
      MemoryNode node = name.isEmpty() ? null : files.at(stage + "/" + name);
      if (node != null) {
        call.say("f " + node.sha256() + " " + name.substring(2));
      }
    }
    files.remove(place);
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

  /** The entry of a tree that was begun and neither done nor abandoned, or null. */
  private @Nullable AgentEntry begun(@Nullable String owner, String directory, String token) {
    AgentEntry entry = journal.last("tree", directory);
    boolean fits =
        entry != null
            && !entry.done()
            && entry.extra(0).equals(token)
            && (owner == null || entry.owner().equals(owner))
            && !files.exists(journal.place("tree", entry.sequence()));
    return fits ? entry : null;
  }

  void commit() {
    String directory = call.argument(1);
    String token = call.argument(2);
    AgentEntry begun = begun(call.argument(0), directory, token);
    if (begun == null) {
      throw new AgentFailure("commit: nothing was received for " + directory);
    }
    long sequence = begun.sequence();
    byte[] list = TreeLine.uncut(call.input());
    journal.keep("tree", sequence, MemoryNode.file(0600, list));
    for (TreeLine line : TreeLine.all(list)) {
      place(line, stage(directory, token), call.below(directory), begun);
    }
    files.remove(stage(directory, token));
    journal.done(sequence);
    new AgentMarks(call).mark(directory, call.argument(3), call.argument(4));
    call.say("seq " + sequence);
  }

  private void place(TreeLine line, String stage, String directory, AgentEntry entry) {
    String goal = directory + "/" + line.path();
    switch (line.how()) {
      case 'i' -> {}
      case 'm' -> files.mode(goal, line.mode());
      case 'n' -> {
        if (files.exists(goal)) {
          throw new AgentFailure(goal + " appeared meanwhile");
        }
        files.move(stage + "/" + line.ranked(), goal);
      }
      default -> {
        setAside(line, goal, entry);
        files.move(stage + "/" + line.ranked(), goal);
      }
    }
  }

  /** What is replaced is kept, unless it is what became of the same file of ours. */
  private void setAside(TreeLine line, String goal, AgentEntry entry) {
    MemoryNode there = files.at(goal);
    boolean isFile = there != null && there.isFile();
    if (isFile && line.isStated() && new EarlierTrees(call).put(entry, line)) {
      files.remove(goal);
      return;
    }
    String kept = journal.place("tree", entry.sequence()) + ".pre/" + line.path();
    files.makeDirectory(MemoryFiles.parent(kept));
    files.move(goal, kept);
  }

  void abandon() {
    String directory = call.argument(0);
    String token = call.argument(1);
    files.remove(stage(directory, token));
    AgentEntry entry = begun(null, directory, token);
    if (entry != null) {
      journal.undone(entry.sequence());
    }
  }

  /** A file of a tree that was edited becomes what was put there. */
  void putBack() {
    String place = call.below(call.argument(0));
    MemoryNode node = files.at(place);
    if (node == null || !node.isFile()) {
      throw new AgentFailure(place + " is no file any more");
    }
    MemoryNode content = MemoryNode.file(Integer.parseInt(call.argument(1), 8), call.input());
    if (!content.sha256().equals(call.argument(2))) {
      throw new AgentFailure(place + ": the content did not arrive whole, is the disk full?");
    }
    files.put(place, content);
    call.say("restored");
  }

  private String stage(String directory, String token) {
    return call.below(directory) + "/" + STAGE + token;
  }
}
