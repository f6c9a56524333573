package io.hawser.host;

/** What is sent to a host, for tests that call the agent themselves. */
public final class AgentTexts {
  private AgentTexts() {}

  /** The text of the script for a verb. */
  public static String of(String verb) {
    return AgentScript.of(verb).text();
  }
}
