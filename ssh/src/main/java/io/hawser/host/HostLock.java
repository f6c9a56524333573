package io.hawser.host;

import io.hawser.CancelledException;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.runner.Words;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock of one host. A verb of the agent takes it and holds it as long as it hears of us; it
 * runs on a thread of its own, which ends with it.
 */
final class HostLock {
  private static final Logger LOG = LoggerFactory.getLogger(HostLock.class);

  /** Connecting has limits of its own; ending what a dead run left takes seconds for each. */
  private static final long ANSWER_MINUTES = 3;

  /** An aborted call shall return within five seconds, and waits for its commands first. */
  private static final long ABORT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Duration FOR_EVER = Duration.ofDays(3650);

  /** What the agent calls a turn of its lock: it goes into the environment of commands. */
  private static final String GENERATION = "[!-~]{1,200}";

  /** The agent says two things; who goes on talking would keep us listening for ever. */
  private static final int MOST_LINES = 10;

  private final Cluster cluster;
  private final Host host;
  private final LockTerms terms;
  private final AgentClient agent;
  private final Command command;
  private final CompletableFuture<String> answer = new CompletableFuture<>();
  private final CountDownLatch givenBack = new CountDownLatch(1);
  private final Thread thread;
  private int heard;

  private HostLock(SshClient ssh, Cluster cluster, Host host, LockOwner owner, LockTerms terms) {
    this.cluster = cluster;
    this.host = host;
    this.terms = terms;
    this.agent = new AgentClient(ssh, cluster, host);
    // The host counts whole seconds.
    String lease = String.valueOf(terms.lease().toSeconds());
    this.command =
        agent
            .command("lock", owner.word(), lease, owner.name())
            .withEnv(Map.of("HAWSER_END", AgentScript.endCommand()))
            .withInput(this::tell)
            .withTimeout(FOR_EVER)
            .lasting();
    this.thread = new Thread(this::hold, "hawser-lock-" + host.address());
    thread.setDaemon(true);
  }

  /**
   * Takes the lock.
   *
   * @param over fails when it is of no use any more, because another host is locked
   * @throws ClusterLockedException if somebody else has this host or another
   */
  static HostLock take(
      SshClient ssh,
      Cluster cluster,
      Host host,
      LockOwner owner,
      LockTerms terms,
      CompletableFuture<String> over) {
    HostLock lock = new HostLock(ssh, cluster, host, owner, terms);
    lock.thread.start();
    boolean taken = false;
    try {
      lock.awaitAnswer(over);
      taken = true;
      return lock;
    } finally {
      if (!taken) {
        giveBack(List.of(lock), ABORT_NANOS);
      }
    }
  }

  private void awaitAnswer(CompletableFuture<String> over) {
    String[] words;
    try {
      Object first = CompletableFuture.anyOf(answer, over).get(ANSWER_MINUTES, TimeUnit.MINUTES);
      words = String.valueOf(first).split(" ", 3);
    } catch (TimeoutException e) {
      throw agent.fault(
          "the host did not say within " + ANSWER_MINUTES + " minutes whether it is locked");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      // The agent may be about to take it: then it reads that it is to give it back.
      throw new CancelledException(host.address() + ": interrupted while it was locked", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
    if (words[0].equals("held") && words.length == 3) {
      throw new ClusterLockedException(
          cluster.name(),
          host.address(),
          Words.printable(owner(words[2])),
          Words.printable(words[1]));
    }
    if (!words[0].equals("locked") || words.length != 2 || !words[1].matches(GENERATION)) {
      throw agent.unexpected(String.join(" ", words), "lock");
    }
  }

  private String owner(String field) {
    try {
      return WireField.decode(field);
    } catch (IllegalArgumentException e) {
      throw agent.unexpected(field, "lock");
    }
  }

  /** On the lock's own thread: runs the verb until it ends. */
  private void hold() {
    try {
      agent.call(this::heard, "lock", command);
    } catch (RuntimeException e) {
      if (!answer.completeExceptionally(e)) {
        LOG.warn(
            "{}: the lock of {} is not held there any more; another run may take the host over",
            host.address(),
            cluster.name());
        LOG.debug("{}: how the lock ended", host.address(), e);
      }
    } finally {
      answer.completeExceptionally(agent.fault("the agent gave no answer to lock"));
      giveBack();
    }
  }

  private void heard(String line) {
    heard++;
    if (heard > MOST_LINES) {
      throw agent.unexpected(line, "lock");
    }
    answer.complete(line);
    if (line.startsWith("held ")) {
      giveBack();
    }
  }

  /** What the agent reads: a line now and then, and in the end that it is to give the lock back. */
  private void tell(OutputStream stream) throws IOException {
    try {
      while (!givenBack.await(terms.pulse().toNanos(), TimeUnit.NANOSECONDS)) {
        say(stream, "alive");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while holding the lock", e);
    }
    say(stream, "done");
  }

  private static void say(OutputStream stream, String word) throws IOException {
    stream.write((word + "\n").getBytes(StandardCharsets.UTF_8));
    stream.flush();
  }

  /** Tells the agent to give the lock back; returns at once. */
  private void giveBack() {
    givenBack.countDown();
  }

  /**
   * Gives locks back and waits until the hosts have them, at most so long, or a second when the
   * thread is interrupted; keeps the flag.
   */
  static void giveBack(Collection<HostLock> locks, long nanos) {
    locks.forEach(HostLock::giveBack);
    boolean interrupted = Thread.interrupted();
    long end = System.nanoTime() + (interrupted ? Math.min(nanos, ABORT_NANOS) : nanos);
    for (HostLock lock : locks) {
      try {
        if (!lock.awaitEnd(end - System.nanoTime())) {
          LOG.debug("{}: the lock is not given back yet", lock.host.address());
        }
      } catch (InterruptedException e) {
        interrupted = true;
        end = Math.min(end, System.nanoTime() + ABORT_NANOS);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean awaitEnd(long nanos) throws InterruptedException {
    thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
    return !thread.isAlive();
  }

  /** What the host calls this turn of its lock. */
  String generation() {
    return answer.join().substring("locked ".length());
  }
}
