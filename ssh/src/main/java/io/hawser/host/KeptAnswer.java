package io.hawser.host;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps the lines of an answer, as long as they do not take too much memory. */
final class KeptAnswer implements Consumer<String> {
  /** A hosts file of 48 MiB. */
  private static final long MOST = 64 << 20;

  private final List<String> lines = new ArrayList<>();
  private final AnswerMemory memory;

  KeptAnswer(AgentClient agent, String verb) {
    this.memory = new AnswerMemory(agent, verb, MOST);
  }

  @Override
  public void accept(String line) {
    memory.take(line.length());
    lines.add(line);
  }

  List<String> lines() {
    return lines;
  }
}
