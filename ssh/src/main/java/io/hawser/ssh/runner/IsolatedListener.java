package io.hawser.ssh.runner;

import io.hawser.ssh.OutputListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener that throws does not hurt the command: it is the caller's code, and in a Jenkins
 * pipeline even a plain closure throws an Error. Its first failure is logged. Only a listener of
 * Hawser itself can end its command, by {@link OutputRefusedException}.
 */
public final class IsolatedListener implements OutputListener {
  private static final Logger LOG = LoggerFactory.getLogger(IsolatedListener.class);

  private final OutputListener listener;
  private boolean complained;

  /** Puts a listener behind a wall. */
  public IsolatedListener(OutputListener listener) {
    this.listener = listener;
  }

  @Override
  public void onLine(String line, boolean isError) {
    try {
      listener.onLine(line, isError);
    } catch (OutputRefusedException e) {
      throw e;
    } catch (Exception | Error e) {
      if (e instanceof VirtualMachineError fatal) {
        throw fatal;
      }
      if (!complained) {
        LOG.warn(
            "the listener of a command's output failed; the command goes on. In a Jenkins pipeline"
                + " a listener must be marked @NonCPS",
            e);
        complained = true;
      }
    }
  }
}
