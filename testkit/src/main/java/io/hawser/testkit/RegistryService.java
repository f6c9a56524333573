package io.hawser.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A unit that runs a container registry: this JVM serves in place of the program. */
final class RegistryService implements RunningService {
  private static final Set<String> PROGRAMS = Set.of("registry", "docker-registry");

  private final @Nullable StorageRegistry registry;
  private final String failure;

  private RegistryService(@Nullable StorageRegistry registry, String failure) {
    this.registry = registry;
    this.failure = failure;
  }

  /** Whether a command line starts a registry: {@code .../registry serve CONFIG}. */
  static boolean isMeant(List<String> command) {
    return command.size() == 3
        && PROGRAMS.contains(String.valueOf(Path.of(command.get(0)).getFileName()))
        && command.get(1).equals("serve");
  }

  /** Starts a registry; one that cannot start is a failed service. */
  static RegistryService start(Path root, String address, String config) {
    try {
      StorageRegistry registry = StorageRegistry.configured(root, config).address(address).start();
      return new RegistryService(registry, "");
    } catch (RuntimeException e) {
      Throwable cause = e.getCause();
      String why = cause == null ? "" : ": " + cause.getMessage();
      return new RegistryService(null, e.getMessage() + why);
    }
  }

  @Override
  public State state() {
    return registry == null
        ? new State(Kind.FAILED, 1, failure)
        : State.of(Kind.ACTIVE, "serving " + registry.uri());
  }

  @Override
  public void close() {
    if (registry != null) {
      registry.close();
    }
  }
}
