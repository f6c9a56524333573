package io.hawser.host;

import com.google.common.io.Resources;
import io.hawser.ssh.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The agent as a script to be sent. */
final class AgentScript {
  /** How a mock recognises it. */
  static final String NAME = "hawser-agent";

  static final Script SCRIPT = Script.of(NAME, withoutComments(read()));

  private AgentScript() {}

  private static String read() {
    try {
      return Resources.toString(
          Resources.getResource(AgentScript.class, "agent.sh"), StandardCharsets.UTF_8);
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
