package io.hawser.host;

import io.hawser.CancelledException;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

  private static final Duration FOR_EVER = Duration.ofDays(3650);

  private final Cluster cluster;
  private final Host host;
  private final LockTerms terms;
  private final AgentClient agent;
  private final Command command;
  private final CompletableFuture<String> answer = new CompletableFuture<>();
  private final CountDownLatch givenBack = new CountDownLatch(1);
  private final Thread thread;

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
   * @throws ClusterLockedException if somebody else has it
   */
  static HostLock take(
      SshClient ssh, Cluster cluster, Host host, LockOwner owner, LockTerms terms) {
    HostLock lock = new HostLock(ssh, cluster, host, owner, terms);
    lock.thread.start();
    boolean taken = false;
    try {
      lock.awaitAnswer();
      taken = true;
      return lock;
    } finally {
      if (!taken) {
        lock.giveBack();
      }
    }
  }

  private void awaitAnswer() {
    String[] words;
    try {
      words = answer.get(ANSWER_MINUTES, TimeUnit.MINUTES).split(" ", 3);
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
          cluster.name(), host.address(), WireField.decode(words[2]), words[1]);
    }
    if (!words[0].equals("locked") || words.length != 2) {
      throw agent.fault("the agent answered \"" + String.join(" ", words) + "\" to lock");
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
  void giveBack() {
    givenBack.countDown();
  }

  /** Waits until the lock was given back, at most so long. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
    return !thread.isAlive();
  }

  Host host() {
    return host;
  }

  /** What the host calls this turn of its lock. */
  String generation() {
    return answer.join().substring("locked ".length());
  }
}
