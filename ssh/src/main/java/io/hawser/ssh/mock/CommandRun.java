package io.hawser.ssh.mock;

import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.Script;
import io.hawser.ssh.runner.Words;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** One run of one command on a host in memory, with the words of the client over the network. */
final class CommandRun {
  private record Outcome(Answer answer, Duration took) {}

  private final Scene scene;
  private final Host host;
  private final Command command;
  private final Endpoint endpoint;

  CommandRun(Scene scene, Host host, Command command) {
    this.scene = scene;
    this.host = host;
    this.command = command;
    this.endpoint = Endpoint.of(host);
  }

  CommandResult run(OutputListener listener) {
    MemoryHost target = scene.hosts().named(endpoint);
    Outcome outcome;
    CommandResult result;
    awaitTurn(target);
    try {
      scene.faults().check(host, command);
      outcome = outcome(target, rule());
      result = result(outcome);
      scene.transcript().add(host, command, result);
    } finally {
      target.turn().unlock();
    }
    PrintedText.tell(outcome.answer(), listener);
    if (isAgent() && AgentLock.isHeldBy(command, outcome.answer())) {
      hold(target);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw cancelled(null);
    }
    return result;
  }

  /** A lock is held until its input ends; meanwhile it is nobody's turn. */
  private void hold(MemoryHost target) {
    boolean orderly = AgentLock.awaitEnd(command);
    target.turn().lock();
    try {
      new AgentLock(new AgentCall(target, command)).release(orderly);
    } finally {
      target.turn().unlock();
    }
  }

  private void awaitTurn(MemoryHost target) {
    try {
      target.turn().lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled(e);
    }
  }

  private CancelledException cancelled(@Nullable InterruptedException cause) {
    return new CancelledException(
        host.address() + ": interrupted, \"" + command + "\" was told to end", cause);
  }

  private @Nullable MockRule rule() {
    MockRule rule = scene.rules().find(endpoint, command.toString(), isAgent());
    if (rule == null && !isAgent() && !scene.isLenient()) {
      String closest = scene.rules().closest(endpoint, command.toString());
      throw new UnscriptedCommandException(endpoint, command.toString(), closest);
    }
    return rule;
  }

  private boolean isAgent() {
    return command.script().map(Script::name).filter(MemoryAgent.NAME::equals).isPresent();
  }

  private Outcome outcome(MemoryHost target, @Nullable MockRule rule) {
    if (scene.faults().losesLinkNow(endpoint)) {
      return new Outcome(Answer.lost(""), Duration.ZERO);
    }
    if (!target.files().canEnter(command.directory().orElse("/"))) {
      String words = "/bin/sh: 1: cd: can't cd to " + command.directory().orElse("") + "\n";
      return new Outcome(Answer.exited(126, "", words), Duration.ZERO);
    }
    Duration delay = rule == null ? Duration.ZERO : rule.delay();
    if (delay.compareTo(command.timeout()) > 0) {
      Exit late = new Exit.TimedOut(Words.seconds(command.timeout()));
      return new Outcome(new Answer(late, "", ""), command.timeout());
    }
    boolean agent = rule == null && isAgent();
    return new Outcome(agent ? byAgent(target) : scripted(target, rule), delay);
  }

  private Answer byAgent(MemoryHost target) {
    MemoryAgent agent = new MemoryAgent(target, scene.hosts(), scene.faults());
    if (command.input().isEmpty()) {
      return agent.run(command);
    }
    WatchedInput input = new WatchedInput(command);
    Answer answer;
    try {
      answer = agent.run(command.withInput(input));
    } catch (RuntimeException e) {
      input.check(host, command);
      throw e;
    }
    input.check(host, command);
    return answer;
  }

  private Answer scripted(MemoryHost target, @Nullable MockRule rule) {
    if (!command.isLasting()) { // the input of such a one goes on until its answer was heard
      WatchedInput input = new WatchedInput(command);
      input.drain();
      input.check(host, command);
    }
    if (rule == null) {
      return Answer.NOTHING;
    }
    rule.happen(command, target.files());
    if (rule.isHanging()) {
      throw cancelled(hang());
    }
    return rule.next();
  }

  private static InterruptedException hang() {
    try {
      new CompletableFuture<Void>().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("a command that hangs has ended");
  }

  private CommandResult result(Outcome outcome) {
    Answer answer = outcome.answer();
    return CommandResult.of(
        host.address(),
        command.toString(),
        answer.exit(),
        PrintedText.kept(answer.stdout(), command.capture()),
        PrintedText.kept(answer.stderr(), command.capture()),
        outcome.took());
  }
}
