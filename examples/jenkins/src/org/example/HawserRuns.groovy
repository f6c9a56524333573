package org.example

import com.cloudbees.groovy.cps.NonCPS
import io.hawser.bootstrap.BackgroundRun
import io.hawser.bootstrap.BootstrapException
import io.hawser.filesystem.FilesystemException
import io.hawser.report.Report
import io.hawser.ssh.SshClient

import java.util.concurrent.ConcurrentHashMap

/**
 * Runs that go on while a pipeline sleeps. A pipeline keeps their name, which is text; they themselves hold threads and
 * connections, live here, and are gone when Jenkins restarts: start again then, Hawser continues.
 */
class HawserRuns {
  private static final Map<String, List> RUNS = new ConcurrentHashMap<>()

  /** Starts the phase "mount" or "init". */
  @NonCPS
  static String start(HawserInstall install, String phase) {
    SshClient ssh = HawserInstall.connect()
    String id = UUID.randomUUID().toString()
    RUNS.put(id, [install.start(phase, ssh), ssh])
    return id
  }

  @NonCPS
  static boolean isDone(String id) {
    return ((BackgroundRun) RUNS.get(id)[0]).isDone()
  }

  /** The whole report of a run that is done; a host that failed is a row of it. */
  @NonCPS
  static Report report(String id) {
    try {
      return ((BackgroundRun) RUNS.get(id)[0]).await()
    } catch (BootstrapException e) {
      return e.report()
    } catch (FilesystemException e) {
      return e.report()
    }
  }

  /** Ends what is left of it on the hosts, and forgets it. */
  @NonCPS
  static void end(String id) {
    List run = RUNS.remove(id)
    ((BackgroundRun) run[0]).cancel()
    ((SshClient) run[1]).close()
  }
}
