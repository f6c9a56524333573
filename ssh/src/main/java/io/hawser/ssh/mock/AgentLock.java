package io.hawser.ssh.mock;

import com.google.common.collect.ImmutableSet;
import io.hawser.ssh.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The lock of a host in memory, in the same files as the real agent writes. Its owners live in this
 * JVM, so a lock is held until it is given back: nobody's lease runs out.
 */
final class AgentLock {
  /** The verbs that change a host. */
  static final ImmutableSet<String> CHANGING =
      ImmutableSet.of(
          "apply",
          "watch",
          "begin",
          "done",
          "undo-script",
          "receive",
          "more",
          "append",
          "seed",
          "relay",
          "mark",
          "commit",
          "abandon",
          "putback",
          "undo",
          "close");

  private static final String HEADER = "hawser-lock 1";
  private static final long FIRST = 1_000_000_000L;
  private static final String LOCKED = "locked ";

  private final AgentCall call;
  private final MemoryFiles files;
  private final String folder;

  AgentLock(AgentCall call) {
    this.call = call;
    this.files = call.files();
    this.folder = call.state() + "/lock";
  }

  /** The path of the newest record; empty when the host was never locked. */
  private String newest() {
    String found = "";
    if (files.isDirectory(folder)) {
      for (String path : files.paths(folder)) {
        found = path.startsWith(folder + "/g.") ? path : found;
      }
    }
    return found;
  }

  /** The lines of a record: form, generation, lease, since, owner. */
  private List<String> record(String path) {
    List<String> lines = files.text(path).lines().toList();
    if (!lines.get(0).equals(HEADER)) {
      throw new AgentFailure(
          path
              + " is of version "
              + lines.get(0).replaceFirst("^hawser-lock ", "")
              + ", this Hawser knows version 1: use the Hawser that wrote it");
    }
    return lines;
  }

  private boolean isHeld(String generation) {
    String beat = folder + "/b." + generation;
    return files.exists(beat) && !files.text(beat).startsWith("free");
  }

  /** Refuses a change while somebody else has the lock. */
  void fence() {
    String own = call.lock();
    String newest = newest();
    if (newest.isEmpty()) {
      if (!own.isEmpty()) {
        throw new AgentFailure("the lock of this run is not on the host any more");
      }
      return;
    }
    List<String> lines = record(newest);
    String whose = AgentFields.text(lines.get(4)) + " since " + lines.get(3);
    if (!own.isEmpty() && !own.equals(lines.get(1))) {
      throw new AgentFailure("this run has lost the host to " + whose);
    }
    if (own.isEmpty() && isHeld(lines.get(1))) {
      throw new AgentFailure("the host is locked by " + whose);
    }
  }

  /** Takes the lock, or says who has it. */
  void take() {
    String newest = newest();
    if (!newest.isEmpty()) {
      List<String> lines = record(newest);
      if (isHeld(lines.get(1))) {
        call.say("held " + lines.get(3) + " " + lines.get(4));
        return;
      }
    }
    long last = newest.isEmpty() ? FIRST : Long.parseLong(newest.substring(folder.length() + 3));
    new AgentJournal(call).makeHome();
    files.remove(folder);
    files.makeDirectory(folder).mode(call.state(), 0700).mode(folder, 0700);
    String generation = (last + 1 - FIRST) + "." + call.argument(0);
    String since = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    List<String> record =
        List.of(
            HEADER, generation, call.argument(1), since, AgentFields.encode(call.argument(2)), "");
    write("g." + (last + 1), String.join("\n", record));
    write("b." + generation, "0 0\n");
    call.say(LOCKED + generation);
    call.say("holding");
  }

  private void write(String name, String text) {
    files.write(folder + "/" + name, text).mode(folder + "/" + name, 0600);
  }

  /** Gives the lock back that this call took. */
  void release(boolean orderly) {
    String newest = newest();
    String word = "." + call.argument(0);
    if (newest.isEmpty() || !record(newest).get(1).endsWith(word)) {
      return;
    }
    if (!orderly) {
      write("b." + record(newest).get(1), "free 0\n");
      return;
    }
    files.remove(folder);
    AgentJournal journal = new AgentJournal(call);
    if (journal.open().isEmpty()) {
      journal.close();
    }
  }

  /** Whether a call has taken the lock, and holds it as long as its input goes on. */
  static boolean isHeldBy(Command command, Answer answer) {
    return command.words().get(0).equals("lock") && answer.stdout().startsWith(LOCKED);
  }

  /** Reads the input to its end; whether that was to be the end. */
  static boolean awaitEnd(Command command) {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    try {
      if (command.input().isPresent()) {
        command.input().get().writeTo(told);
      }
    } catch (IOException e) {
      return false;
    }
    return told.toString(StandardCharsets.UTF_8).endsWith("done\n");
  }
}
