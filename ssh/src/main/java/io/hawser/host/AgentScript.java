package io.hawser.host;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import io.hawser.ssh.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The agent as a script to be sent: for each verb only the parts that it needs. */
final class AgentScript {
  /** How a mock recognises it. */
  static final String NAME = "hawser-agent";

  /** The parts of each verb in their order; all begin with base and end with main. */
  static final ImmutableListMultimap<String, String> PARTS =
      ImmutableListMultimap.<String, String>builder()
          .putAll("facts", whole("digests", "facts"))
          .putAll("read", whole("read"))
          .putAll("list", whole("digests", "list"))
          .putAll("journal", whole("journal", "entries"))
          .putAll("check", whole("check"))
          .putAll("probe", whole("probe"))
          .putAll("apply", whole("journal", "parents", "check", "before", "changes", "units"))
          .putAll("watch", whole("journal", "watch"))
          .putAll("begin", whole("journal", "watch", "commands"))
          .putAll("done", whole("journal", "watch", "commands"))
          .putAll("undo-script", whole("journal", "watch", "commands"))
          .putAll("receive", whole("digests", "journal", "parents", "trees", "receive"))
          .putAll("commit", whole("journal", "trees", "commit"))
          .putAll("abandon", whole("journal", "trees"))
          .putAll(
              "undo",
              whole(
                  "digests",
                  "journal",
                  "parents",
                  "before",
                  "watch",
                  "undo-guard",
                  "undo",
                  "undo-units",
                  "undo-trees",
                  "undo-watch"))
          .putAll("close", whole("journal", "close"))
          .build();

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

  private static List<String> whole(String... parts) {
    return Stream.of(Stream.of("base"), Stream.of(parts), Stream.of("main"))
        .flatMap(names -> names)
        .toList();
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
    try {
      return Resources.toString(
          Resources.getResource(AgentScript.class, "agent/" + part + ".sh"),
          StandardCharsets.UTF_8);
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
