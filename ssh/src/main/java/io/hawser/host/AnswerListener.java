package io.hawser.host;

import io.hawser.ssh.OutputListener;
import io.hawser.ssh.runner.OutputRefusedException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands on what the agent prints, one line behind: the last one must be {@code end}, and only the
 * last. The first line that is refused ends the call; what a hostile host still sends is heard by
 * nobody.
 */
final class AnswerListener implements OutputListener {
  /** More than the entries of a directory in which a tree lies. */
  static final long MOST_LINES = 10_000_000;

  /** What so many lines have, in characters. */
  private static final long MOST_CHARACTERS = 200 * MOST_LINES;

  private final AgentClient agent;
  private final String verb;
  private final Consumer<String> answer;
  private final Consumer<String> errors;
  private long lines;
  private long characters;
  private @Nullable String held;
  // Written by the client's thread, read by the one that waits.
  private volatile Optional<RuntimeException> refusal = Optional.empty();

  AnswerListener(AgentClient agent, String verb, Consumer<String> answer, Consumer<String> errors) {
    this.errors = errors;
    this.agent = agent;
    this.verb = verb;
    this.answer = answer;
  }

  @Override
  public void onLine(String line, boolean isError) {
    if (isError) {
      errors.accept(line);
      return;
    }
    if (refusal.isPresent()) {
      return;
    }
    String before = held;
    held = line;
    if (before != null) {
      hand(before);
    }
  }

  private void hand(String line) {
    try {
      lines++;
      characters += line.length();
      if (lines > MOST_LINES || characters > MOST_CHARACTERS) {
        throw endless();
      }
      answer.accept(line);
    } catch (RuntimeException e) {
      refusal = Optional.of(e);
      throw new OutputRefusedException(e);
    }
  }

  private HostStateException endless() {
    return agent.fault(
        "the answer to "
            + verb
            + " does not end: "
            + lines
            + " lines with "
            + characters
            + " characters came; do not trust this host before you know why");
  }

  /** What was wrong with a line, if something was. */
  Optional<RuntimeException> refusal() {
    return refusal;
  }

  /** Whether it ends as it has to. */
  boolean isWhole() {
    return "end".equals(held);
  }

  /** The last line; null when there was none. */
  @Nullable String last() {
    return held;
  }
}
