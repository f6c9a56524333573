package io.hawser.host;

import java.util.Set;

/** What is sent to a host, for tests that call the agent themselves. */
public final class AgentTexts {
  private AgentTexts() {}

  /** The text of the script for a verb. */
  public static String of(String verb) {
    return AgentScript.of(verb).text();
  }

  /** The verbs that are refused without the lock while somebody else has it. */
  public static Set<String> changing() {
    return AgentScript.CHANGING;
  }
}
