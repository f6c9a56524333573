package io.hawser.bootstrap;

import io.hawser.report.HostResult;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners of the rows of one run, each once. Thread-safe. */
final class RunNews {
  private static final Logger LOG = LoggerFactory.getLogger(RunNews.class);

  private final List<StepListener> listeners;
  private final Set<StepListener> broken = new HashSet<>();
  private final Set<HostResult> told = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean closed;

  RunNews(List<StepListener> listeners) {
    this.listeners = listeners;
  }

  synchronized void tell(HostResult row) {
    if (!closed && told.add(row)) {
      listeners.forEach(listener -> tell(listener, row));
    }
  }

  // Also errors: the closure of a pipeline that was written without @NonCPS throws one, through
  // our stack, with which Jenkins would take the closure's value for the result of the whole call.
  @SuppressWarnings("CatchingUnchecked")
  private void tell(StepListener listener, HostResult row) {
    try {
      listener.onResult(row);
    } catch (Throwable e) {
      if (broken.add(listener)) {
        LOG.warn(
            "a StepListener threw; the run goes on, and further throws of it are not logged."
                + " A closure of a Jenkins pipeline cannot be called from here: it must be in a"
                + " method marked @NonCPS",
            e);
      }
    }
  }

  synchronized void close() {
    closed = true;
  }
}
