package io.hawser.lab.secrets;

import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the argument list and the environment of processes of this machine over and over, a
 * thousand times a second. It reads as a local attacker with root would.
 */
public final class ProcessSampler implements Closeable {
  private static final Pattern WORD = Pattern.compile("HAWSER(?:_COMMAND=|-)([0-9a-f]{32})");

  /** For how many sweeps a process is read each time; a daemon seldom becomes another program. */
  private static final int YOUNG = 40;

  /** About a thousand sweeps a second, and time for what is being looked at. */
  private static final long PAUSE_NANOS = 300_000;

  private final Predicate<File> which;
  private final Thread thread = new Thread(this::sample, "process-sampler");
  private final Set<String> arguments = new LinkedHashSet<>();
  private final Set<String> environments = new LinkedHashSet<>();
  private long sweeps;
  private long processes;
  private volatile boolean over;

  private ProcessSampler(Predicate<File> which) {
    this.which = which;
  }

  /**
   * Starts sampling.
   *
   * @param which whether a process is looked at, by its directory; asked once for each process
   */
  public static ProcessSampler start(Predicate<File> which) {
    ProcessSampler sampler = new ProcessSampler(which);
    sampler.thread.setDaemon(true);
    sampler.thread.start();
    return sampler;
  }

  private void sample() {
    Map<String, Integer> known = new HashMap<>();
    while (!over) {
      String[] names = new File("/proc").list();
      Map<String, Integer> now = new HashMap<>();
      for (String name : names == null ? new String[0] : names) {
        if (name.charAt(0) <= '9') {
          look(name, known, now);
        }
      }
      known = now;
      sweeps++;
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void look(String pid, Map<String, Integer> known, Map<String, Integer> now) {
    File process = new File("/proc", pid);
    Integer before = known.get(pid);
    boolean wanted = before == null ? which.test(process) : before >= 0;
    if (!wanted) {
      now.put(pid, -1);
      return;
    }
    int age = before == null ? 0 : before + 1;
    processes += age == 0 ? 1 : 0;
    now.put(pid, age);
    if (age < YOUNG || age % YOUNG == 0) {
      read(new File(process, "cmdline"), arguments);
      read(new File(process, "environ"), environments);
    }
  }

  private static void read(File file, Set<String> texts) {
    try (FileInputStream in = new FileInputStream(file)) {
      texts.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // It has ended, or is somebody else's.
    }
  }

  /** Stops and waits until nothing is read any more. */
  @Override
  public void close() {
    over = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** All argument lists that were seen, with NULs as they were; after {@link #close()}. */
  public String arguments() {
    return String.join("\0\n", arguments);
  }

  /** All environments that were seen; after {@link #close()}. */
  public String environments() {
    return String.join("\0\n", environments);
  }

  /** The random words of the commands of Hawser that were seen. */
  public Set<String> commands() {
    Set<String> words = new TreeSet<>();
    for (String text : new String[] {arguments(), environments()}) {
      Matcher matcher = WORD.matcher(text);
      while (matcher.find()) {
        words.add(matcher.group(1));
      }
    }
    return words;
  }

  /** How much was seen, for people. */
  public String summary() {
    return String.format(
        "%d sweeps saw %d processes, %d argument lists, %d environments, %d commands of Hawser",
        sweeps, processes, arguments.size(), environments.size(), commands().size());
  }
}
