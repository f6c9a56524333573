package io.hawser.ssh.mock;

import java.util.ArrayDeque;
import java.util.Deque;

/** Makes directories with their missing parents, each journalled. */
final class AgentDirectories {
  private static final String PARENT = "0755";

  private final AgentCall call;
  private final AgentJournal journal;

  AgentDirectories(AgentCall call, AgentJournal journal) {
    this.call = call;
    this.journal = journal;
  }

  /** Makes a directory where it is missing. */
  void make(String owner, String target, String mode) {
    Deque<String> missing = new ArrayDeque<>();
    String directory = target;
    while (!directory.equals("/") && !call.files().exists(call.below(directory))) {
      missing.push(directory);
      directory = MemoryFiles.parent(directory);
    }
    for (String each : missing) {
      String bits = each.equals(target) ? mode : PARENT;
      long sequence = journal.begin(owner, "dir", each, bits, "-");
      String path = call.below(each);
      call.files().makeDirectory(path).mode(path, Integer.parseInt(bits, 8));
      journal.done(sequence);
    }
  }
}
