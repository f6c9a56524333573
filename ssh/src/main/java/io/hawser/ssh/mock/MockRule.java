package io.hawser.ssh.mock;

import com.google.common.collect.ImmutableList;
import io.hawser.ssh.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link MockSsh} does when a command matches. Without an answer the command succeeds and
 * prints nothing. Thread-safe; may be changed between commands.
 */
public final class MockRule {
  private static final String ANY = "*";

  private final String host;
  private final String text;
  private final @Nullable Pattern pattern;
  private final List<HostEffect> effects = new ArrayList<>();
  private List<Answer> answers = List.of(Answer.NOTHING);
  private Duration delay = Duration.ZERO;
  private int used;

  MockRule(String host, String text, @Nullable Pattern pattern) {
    this.host = host;
    this.text = text;
    this.pattern = pattern;
  }

  /** Answers every matching command so. */
  public MockRule answer(int exit, CharSequence stdout, CharSequence stderr) {
    return answers(Answer.exited(exit, stdout, stderr));
  }

  /** Answers matching commands one after the other so; the last answer stays. */
  public MockRule answers(Answer... inOrder) {
    return answers(List.of(inOrder));
  }

  /** Answers matching commands one after the other so; the last answer stays. */
  public synchronized MockRule answers(Collection<Answer> inOrder) {
    if (inOrder.isEmpty()) {
      throw new IllegalArgumentException(this + " needs at least one answer");
    }
    answers = ImmutableList.copyOf(inOrder);
    used = 0;
    return this;
  }

  /**
   * How long matching commands take. Nobody waits: the result says so, and a command whose limit is
   * shorter has timed out.
   */
  public synchronized MockRule delay(Duration time) {
    delay = time;
    return this;
  }

  /** Matching commands also do this, in the order given, unless they time out. */
  public synchronized MockRule effect(HostEffect effect) {
    effects.add(effect);
    return this;
  }

  /** Matching commands write this file, mode 0644. */
  public MockRule writes(CharSequence path, CharSequence content) {
    String where = path.toString();
    String what = content.toString();
    return effect((command, files) -> files.write(where, what));
  }

  /** Matching commands remove this file, link or directory with all that is in it. */
  public MockRule removes(CharSequence path) {
    String where = path.toString();
    return effect((command, files) -> files.remove(where));
  }

  /** How many commands this rule has answered since its answers were set. */
  public synchronized int used() {
    return used;
  }

  boolean covers(String address, String command) {
    boolean words = pattern == null ? text.equals(command) : pattern.matcher(command).matches();
    return words && (host.equals(ANY) || host.equals(address));
  }

  /** A rule that catches every command shall not switch off the agent: it must be named. */
  boolean coversAgent(String address, String command) {
    return text.startsWith(MemoryAgent.NAME) && covers(address, command);
  }

  String text() {
    return text;
  }

  synchronized Answer next() {
    Answer answer = answers.get(Math.min(used, answers.size() - 1));
    used++;
    return answer;
  }

  synchronized Duration delay() {
    return delay;
  }

  void happen(Command command, MemoryFiles files) {
    List<HostEffect> now;
    synchronized (this) {
      now = ImmutableList.copyOf(effects);
    }
    now.forEach(effect -> effect.happen(command, files));
  }

  /** The rule as it was written. */
  @Override
  public String toString() {
    String call = pattern == null ? "when" : "whenMatching";
    return call + "(\"" + host + "\", \"" + text + "\")";
  }
}
