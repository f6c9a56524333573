package io.hawser.testkit;

import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts controllers in JVMs of their own, which are told of their hosts by arguments. */
public final class ControllerJvm {
  /** How many arguments tell of a host. */
  public static final int WORDS = 5;

  private ControllerJvm() {}

  /** Starts one with the classes of this JVM; what it says of errors is said here. */
  public static Process start(Class<?> main, List<String> options, List<String> arguments)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    words.addAll(arguments);
    return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** A host that is logged in to with a key, as {@link #WORDS} arguments. */
  public static List<String> words(Host host) {
    return List.of(
        host.address(),
        host.ssh().user(),
        String.valueOf(host.ssh().port()),
        host.ssh().keyFile().orElseThrow(),
        host.root());
  }

  /** The host whose arguments begin there, a master. */
  public static Host host(String[] arguments, int first) {
    SshAccess access =
        SshAccess.builder()
            .user(arguments[first + 1])
            .port(Integer.parseInt(arguments[first + 2]))
            .keyFile(arguments[first + 3])
            .build();
    return Host.at(arguments[first])
        .roles(Role.MASTER)
        .ssh(access)
        .root(arguments[first + 4])
        .build();
  }
}
