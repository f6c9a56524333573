package io.hawser.ssh.jsch;

import io.hawser.ssh.runner.Workers;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a client that its user lost without closing it. Waits on a worker of the client, which
 * ends at once when the client is closed; a cleaner's thread would stay until the next collection.
 */
final class Forgotten {
  private static final Logger LOG = LoggerFactory.getLogger(Forgotten.class);

  private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
  private final PhantomReference<Object> reference;
  private volatile boolean dismissed;

  Forgotten(Object client) {
    this.reference = new PhantomReference<>(client, queue);
  }

  /** Does the work once nobody can reach the client any more; the work must not reach it either. */
  void watch(Workers workers, Runnable close) {
    Future<Boolean> unused =
        workers.start(
            () -> {
              queue.remove();
              if (!dismissed) {
                LOG.warn(
                    "an SSH client was not closed by who made it; its connections are closed now");
                close.run();
              }
              return true;
            });
  }

  /** The client was closed as it should be. */
  void dismiss() {
    dismissed = true;
    reference.enqueue();
  }
}
