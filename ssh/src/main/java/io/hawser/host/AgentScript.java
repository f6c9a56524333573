package io.hawser.host;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.Resources;
import io.hawser.ssh.Script;
import io.hawser.ssh.ShellQuote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The agent as a script to be sent: for each verb only the parts that it needs. */
final class AgentScript {
  /** How a mock recognises it. */
  static final String NAME = "hawser-agent";

  /** The verbs that change a host; they are sent with what asks for the lock first. */
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
          "commit",
          "mark",
          "abandon",
          "putback",
          "undo",
          "close");

  private static final ImmutableListMultimap<String, String> OWN_PARTS =
      ImmutableListMultimap.<String, String>builder()
          .putAll("facts", whole("digests", "facts"))
          .putAll("read", whole("read"))
          .putAll("list", whole("digests", "list"))
          .putAll("journal", whole("journal", "entries"))
          .putAll("check", whole("stand-in", "check"))
          .putAll("survey", whole("clock", "survey", "knock"))
          .putAll("probe", whole("clock", "probe"))
          .putAll("connections", whole("connections"))
          .putAll(
              "apply",
              whole("journal", "parents", "stand-in", "check", "before", "changes", "units"))
          .putAll("watch", whole("journal", "watch"))
          .putAll("begin", whole("journal", "watch", "commands"))
          .putAll("done", whole("journal", "watch", "commands"))
          .putAll("undo-script", whole("journal", "watch", "commands"))
          .putAll("receive", whole("digests", "journal", "parents", "trees", "arrive", "receive"))
          .putAll("more", whole("digests", "arrive"))
          .putAll("append", whole("digests", "arrive", "pieces"))
          .putAll("pieces", whole("digests", "arrive", "pieces"))
          .putAll("seed", whole("digests", "arrive", "seed"))
          .putAll(
              "relay",
              whole(
                  "digests",
                  "journal",
                  "parents",
                  "trees",
                  "arrive",
                  "receive",
                  "pieces",
                  "relay-peers",
                  "give",
                  "relay"))
          .putAll("mark", whole("journal", "trees"))
          .putAll("commit", whole("journal", "trees", "stated", "commit"))
          .putAll("abandon", whole("journal", "trees"))
          .putAll("putback", whole("journal", "parents", "putback"))
          .putAll(
              "undo",
              whole(
                  "digests",
                  "journal",
                  "parents",
                  "before",
                  "stand-in",
                  "watch",
                  "undo-guard",
                  "undo",
                  "undo-units",
                  "stated",
                  "undo-trees",
                  "undo-watch"))
          .putAll("close", whole("journal", "close"))
          .putAll("lock", whole("owner", "journal", "close", "end-runs", "lock"))
          .build();

  /** The parts of each verb in their order; all begin with base and end with main. */
  static final ImmutableListMultimap<String, String> PARTS =
      OWN_PARTS.entries().stream()
          .collect(
              ImmutableListMultimap.flatteningToImmutableListMultimap(
                  Map.Entry::getKey, part -> fenced(part.getKey(), part.getValue())));

  private static final ImmutableMap<String, Script> SCRIPTS =
      PARTS.keySet().stream().collect(ImmutableMap.toImmutableMap(verb -> verb, AgentScript::join));

  private AgentScript() {}

  /** The script that knows a verb. */
  static Script of(String verb) {
    Script script = SCRIPTS.get(verb);
    if (script == null) {
      throw new IllegalArgumentException("the agent has no verb \"" + verb + "\"");
    }
    return script;
  }

  private static Stream<String> fenced(String verb, String part) {
    return part.equals("base") && CHANGING.contains(verb)
        ? Stream.of(part, "owner", "fence")
        : Stream.of(part);
  }

  private static List<String> whole(String... parts) {
    return Stream.of(Stream.of("base"), Stream.of(parts), Stream.of("main"))
        .flatMap(names -> names)
        .toList();
  }

  /**
   * What stands before another script, so that it asks for the lock as the verbs do.
   *
   * @param root of the host, empty for /
   */
  static String fence(String root, String state) {
    return "(unset HAWSER_ROOT; set -- fence "
        + ShellQuote.quote(root)
        + " "
        + ShellQuote.quote(state)
        + "\n"
        + withoutComments(read("base"))
        + withoutComments(read("owner"))
        + withoutComments(read("fence"))
        + ") || exit 1\nunset HAWSER_LOCK\n";
  }

  /** The script that ends a command by its word and its process id. */
  static String endCommand() {
    return withoutComments(text("/io/hawser/ssh/runner/end-command.sh"));
  }

  private static Script join(String verb) {
    String text =
        PARTS.get(verb).stream()
            .map(AgentScript::read)
            .map(AgentScript::withoutComments)
            .collect(Collectors.joining());
    return Script.of(NAME, text);
  }

  private static String read(String part) {
    return text("agent/" + part + ".sh");
  }

  private static String text(String resource) {
    try {
      return Resources.toString(
          Resources.getResource(AgentScript.class, resource), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the agent script is missing from the library", e);
    }
  }

  // It travels with every command, so every byte counts on slow links.
  private static String withoutComments(String text) {
    return text.lines()
        .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
