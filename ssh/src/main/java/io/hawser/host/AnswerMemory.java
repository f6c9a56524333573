package io.hawser.host;

/**
 * Refuses an answer that would take more memory than it may: never more than a quarter of the heap.
 * An endless one does.
 */
final class AnswerMemory {
  /** What a line or an entry takes besides its text. */
  private static final int EACH = 200;

  private final AgentClient agent;
  private final String verb;
  private final long most;
  private long taken;

  AnswerMemory(AgentClient agent, String verb, long most) {
    this.agent = agent;
    this.verb = verb;
    this.most = Math.min(most, Runtime.getRuntime().maxMemory() / 4);
  }

  /** Takes so many characters more. */
  void take(int characters) {
    taken += EACH + characters;
    if (taken > most) {
      throw agent.fault(
          "the answer to "
              + verb
              + " takes more than the "
              + (most >> 20)
              + " MiB that Hawser keeps of it (at most a quarter of the heap, see -Xmx): if so much"
              + " does not lie there, do not trust this host before you know why");
    }
  }
}
