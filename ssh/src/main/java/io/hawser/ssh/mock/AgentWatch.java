package io.hawser.ssh.mock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The verb {@code watch}, and what is looked at around every script: pre-images of what scripts
 * change beside Hawser. Services and swap are not watched in memory.
 */
final class AgentWatch {
  private static final String KIND = "watch";

  private final AgentCall call;
  private final MemoryFiles files;
  private final AgentJournal journal;

  AgentWatch(AgentCall call) {
    this.call = call;
    this.files = call.files();
    this.journal = new AgentJournal(call);
  }

  void watch() {
    String name = call.argument(1);
    byte[] wanted = call.input();
    if (journal.last(KIND, name) != null) {
      call.say("same");
      return;
    }
    long sequence = journal.next();
    journal.keep("pre", sequence, MemoryNode.file(0600, new byte[0]));
    files.remove(journal.place("pre", sequence));
    String home = home(sequence);
    files.makeDirectory(home + "/copies").write(home + "/wanted", wanted);
    files.write(home + "/known", "").write(home + "/foreign", "");
    StringBuilder before = new StringBuilder();
    for (Map.Entry<String, Item> item : expanded(sequence).entrySet()) {
      MemoryNode node = files.at(call.below(item.getKey()));
      before.append(item.getValue()).append(' ').append(item.getKey()).append(' ');
      before.append(state(item.getValue(), node)).append('\n');
      if (node != null && !node.isDirectory()) {
        files.makeDirectory(MemoryFiles.parent(home + "/copies" + item.getKey()));
        files.put(home + "/copies" + item.getKey(), node);
      }
    }
    files.write(home + "/before", before);
    journal.begin(call.argument(0), KIND, name, "-");
    journal.done(sequence);
    call.say("changed");
  }

  /** Before a script: what is neither as before nor as a script left it is somebody else's. */
  void lookBefore() {
    for (String home : open()) {
      if (!files.exists(home + "/open")) {
        Set<String> known = lines(home + "/known");
        differing(home)
            .forEach((path, state) -> note(home, "foreign", known.contains(path + state), path));
        files.write(home + "/open", "");
      }
    }
  }

  /** After a script: what it changed is known. */
  void lookAfter() {
    for (String home : open()) {
      if (files.exists(home + "/open")) {
        Set<String> foreign = lines(home + "/foreign");
        differing(home)
            .forEach((path, state) -> note(home, "known", foreign.contains(path), path + state));
        files.remove(home + "/open");
      }
    }
  }

  private void note(String home, String list, boolean already, String line) {
    if (!already) {
      files.write(home + "/" + list, files.text(home + "/" + list) + line + "\n");
    }
  }

  /** What is said of the undo; starts with {@code waits} when scripts have to be undone first. */
  String undo(AgentEntry entry, boolean keepSettings) {
    boolean scripts =
        journal.open().stream()
            .anyMatch(e -> e.kind().equals("command") && e.sequence() > entry.sequence());
    if (scripts) {
      return "waits the undo of scripts comes first";
    }
    String home = home(entry.sequence());
    Set<String> known = lines(home + "/known");
    List<String> kept = new ArrayList<>();
    List<String> restored = new ArrayList<>();
    List<String> left = new ArrayList<>();
    Map<String, Item> items = expanded(entry.sequence());
    differing(home)
        .forEach(
            (path, state) -> {
              Item item = items.getOrDefault(path, new Item("program", "file"));
              if (item.group().equals("system") && keepSettings) {
                left.add(path);
                return;
              }
              if (!files.exists(home + "/open") && !known.contains(path + state)) {
                kept.add(path);
                return;
              }
              putBack(home, path);
              restored.add(path);
            });
    String said = listed("as before", restored) + listed("left as asked", left);
    return kept.isEmpty()
        ? "undone" + said.replaceFirst("^;", "")
        : "kept changed by somebody else: " + String.join(" ", kept) + said;
  }

  private static String listed(String what, List<String> paths) {
    return paths.isEmpty() ? "" : "; " + what + ": " + String.join(" ", paths);
  }

  private void putBack(String home, String path) {
    MemoryNode before = files.at(home + "/copies" + path);
    if (before != null && !before.isDirectory()) {
      files.makeDirectory(MemoryFiles.parent(call.below(path))).put(call.below(path), before);
    } else {
      files.remove(call.below(path));
    }
  }

  private String home(long sequence) {
    return journal.place("pre", sequence) + ".watch";
  }

  private List<String> open() {
    return journal.open().stream()
        .filter(entry -> entry.kind().equals(KIND))
        .map(entry -> home(entry.sequence()))
        .toList();
  }

  private Set<String> lines(String file) {
    return new LinkedHashSet<>(files.text(file).lines().toList());
  }

  private record Item(String group, String kind) {
    @Override
    public String toString() {
      return group + " " + kind;
    }
  }

  /** What is watched, with all that is in the directories now. */
  private Map<String, Item> expanded(long sequence) {
    Map<String, Item> items = new LinkedHashMap<>();
    for (String line : lines(home(sequence) + "/wanted")) {
      List<String> words = Arrays.asList(line.split(" ", 3));
      if (words.get(1).equals("service") || words.get(1).equals("swap")) {
        continue;
      }
      items.put(words.get(2), new Item(words.get(0), words.get(1)));
      String directory = call.below(words.get(2));
      if (words.get(1).equals("directory") && files.isDirectory(directory)) {
        int root = call.root().length();
        files
            .below(directory)
            .keySet()
            .forEach(path -> items.put(path.substring(root), new Item(words.get(0), "file")));
      }
    }
    return items;
  }

  /** The states of all that is not as before, by path; a blank in front. */
  private Map<String, String> differing(String home) {
    Map<String, String> before = new LinkedHashMap<>();
    Map<String, Item> items = new LinkedHashMap<>();
    for (String line : lines(home + "/before")) {
      String[] words = line.split(" ", 4);
      before.put(words[2], words[3]);
      items.put(words[2], new Item(words[0], words[1]));
    }
    String number = home.substring(home.lastIndexOf('/') + 1).replace(".watch", "");
    expanded(Long.parseLong(number)).forEach(items::putIfAbsent);
    Map<String, String> found = new LinkedHashMap<>();
    items.forEach(
        (path, item) -> {
          String now = state(item, files.at(call.below(path)));
          if (!now.equals(before.getOrDefault(path, "-"))) {
            found.put(path, " " + now);
          }
        });
    return found;
  }

  private static String state(Item item, @Nullable MemoryNode node) {
    if (node == null) {
      return "-";
    }
    return switch (node.kind()) {
      case LINK -> "l " + node.target();
      case DIRECTORY -> "d " + node.mode();
      case FILE -> "f " + node.mode() + " " + content(item, node);
    };
  }

  private static String content(Item item, MemoryNode node) {
    if (!item.kind().equals("blocks")) {
      return node.sha256();
    }
    String text = new String(node.bytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
    String rest =
        (text + "\n")
            .replaceAll("(?ms)^# hawser begin .*?^# hawser end .*?\n", "")
            .replaceAll("(?m)^\n", "")
            .replaceAll("(?m)^# hawser aside [^ ]*: ", "");
    return MemoryNode.file(0, rest.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)).sha256();
  }
}
