package io.hawser.lab.hosts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The whole file trees of all hosts: type, mode, owner, path, link target and SHA-256 of every
 * entry but what is listed in {@link #EXCEPTED}.
 */
public final class HostTrees {
  /**
   * What a run may leave different: kernel and runtime state, logs and caches, and what the node's
   * containerd keeps of the images that the test itself pulls.
   */
  static final List<String> EXCEPTED =
      List.of(
          "/proc",
          "/sys",
          "/dev",
          "/run",
          "/tmp",
          "/var/tmp",
          "/var/log",
          "/var/cache",
          "/root/.cache",
          "/var/lib/containerd");

  private HostTrees() {}

  /** One sorted list of lines per host. */
  public static List<List<String>> of(Lab lab) {
    List<String> prunes = new ArrayList<>();
    EXCEPTED.forEach(path -> prunes.add("-path " + path));
    String find = "find / -xdev \\( " + String.join(" -o ", prunes) + " \\) -prune -o ";
    String shell =
        find
            + "-printf '%y %m %U:%G %p %l\\n'; "
            + find
            + "-type f -print0 | xargs -0 -r -n 500 openssl dgst -sha256 -r";
    return IntStream.rangeClosed(1, lab.size())
        .parallel()
        .mapToObj(host -> lab.on(host, shell).ok().lines().stream().sorted().toList())
        .toList();
  }
}
