package io.hawser.examples.installer;

import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.clusterfile.Clusterfile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hosts and roles that change, and the Clusterfile that is to say so in the end. */
final class SavedChange {
  private @Nullable Clusterfile before;
  private @Nullable Path file;
  private Membership was = Membership.empty();
  private Membership wanted = Membership.empty();

  /**
   * Starts with a file as it is.
   *
   * @throws IllegalArgumentException if it is a template, which cannot be written back
   */
  void begin(Clusterfile read, Path from) {
    if (read.template().isPresent()) {
      throw new IllegalArgumentException(
          from
              + " is a template, which cannot be written back: change it, or its values, and apply");
    }
    before = read;
    file = from;
    was = Membership.of(read.cluster());
    wanted = Membership.of(read.cluster());
  }

  /** The hosts that had a role before. */
  List<Host> was(Role role) {
    return was.hosts(role);
  }

  Membership wanted() {
    return wanted;
  }

  /** The Clusterfile as it was. */
  private Clusterfile before() {
    return begun(before);
  }

  /** The Clusterfile with all hosts that have a role. */
  Clusterfile file() {
    return before().withHosts(wanted.hosts());
  }

  /** The hosts that the change is about. */
  List<Host> hosts() {
    return wanted.changedSince(was);
  }

  String differences() {
    return wanted.differences(was);
  }

  /** Leaves a host as it was. */
  void takeBack(Host host) {
    wanted.restore(host, was);
  }

  /** Writes the file, unless it says so already. */
  boolean save() {
    Clusterfile changed = file();
    if (changed.text().equals(before().text())) {
      return false;
    }
    changed.write(begun(file));
    return true;
  }

  private static <T> T begun(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the change has not begun");
    }
    return value;
  }
}
