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
 * What a {@link MockSsh} does when a command matches: it answers, takes its time on the mock's
 * clock, and changes files. Every call adds to the rule and returns it.
 *
 * <pre>{@code
 * ssh.when("*", "install.sh v2")
 *     .answers(Answer.exited(1, "", "mirror is down\n"), Answer.exited(0, "done\n", ""))
 *     .delay(Duration.ofMinutes(3))
 *     .writes("/opt/app/version", "2");
 * }</pre>
 *
 * <p>Without an answer the command succeeds and prints nothing. What is printed is subject to the
 * command's capture limit, and goes line by line to its listener, stdout first; delay and effects
 * do not depend on the answer, so a command that fails has its effects too. A command whose
 * directory does not exist on its host, that runs into its limit or whose link is lost has no
 * effect, and uses up no answer.
 *
 * <p>Thread-safe; may be changed between commands.
 */
public final class MockRule {
  private final Endpoint host;
  private final String text;
  private final @Nullable Pattern pattern;
  private final List<HostEffect> effects = new ArrayList<>();
  private List<Answer> answers = List.of(Answer.NOTHING);
  private Duration delay = Duration.ZERO;
  private int used;
  private boolean hanging;

  MockRule(Endpoint host, String text, @Nullable Pattern pattern) {
    this.host = host;
    this.text = text;
    this.pattern = pattern;
  }

  /**
   * Answers every matching command so.
   *
   * @param exit the exit status, 0 to 255
   */
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
   * shorter has timed out, silently and at once.
   */
  public synchronized MockRule delay(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(this + " cannot take " + time);
    }
    delay = time;
    return this;
  }

  /**
   * Matching commands never end by themselves, after their effects: they hang for real, whatever
   * their limit, until the thread that runs them is interrupted, which is a {@link
   * io.hawser.CancelledException} as over the network. For tests of what cancels a run; how a
   * command meets its own limit is {@link #delay}'s to show.
   */
  public synchronized MockRule hangs() {
    hanging = true;
    return this;
  }

  /**
   * Matching commands also do this, in the order given. What an effect throws is thrown to whoever
   * runs the command.
   */
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

  boolean covers(Endpoint where, String command) {
    return isFor(where) && hasText(command);
  }

  /** A rule that catches every command shall not switch off the agent: it must be named. */
  boolean coversAgent(Endpoint where, String command) {
    return text.startsWith(MemoryAgent.NAME) && covers(where, command);
  }

  boolean isFor(Endpoint where) {
    return host.covers(where);
  }

  boolean hasText(String command) {
    return pattern == null ? text.equals(command) : pattern.matcher(command).matches();
  }

  String text() {
    return text;
  }

  synchronized Answer next() {
    Answer answer = answers.get(Math.min(used, answers.size() - 1));
    used++;
    return answer;
  }

  synchronized boolean isHanging() {
    return hanging;
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

  /** The rule as it stands in source code. */
  @Override
  public String toString() {
    String call = pattern == null ? "when(\"" : "whenMatching(\"";
    return call + host + "\", " + UnscriptedCommandException.literal(text) + ")";
  }
}
