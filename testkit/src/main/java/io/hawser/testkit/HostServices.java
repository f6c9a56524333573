package io.hawser.testkit;

import com.google.common.collect.ImmutableMap;
import io.hawser.testkit.RunningService.Kind;
import io.hawser.testkit.RunningService.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The services of one embedded host, as systemd keeps them: a unit file is used as it was when it
 * was loaded, so a changed one needs a daemon-reload. {@code Restart=} has no effect. Thread-safe.
 */
final class HostServices {
  private static final int ONESHOT_SECONDS = 60;

  private final Path root;
  private final String address;
  private final ImmutableMap<String, String> environment;
  private final UnitDirectory directory;
  private final Map<String, UnitFile> loaded = new HashMap<>();
  private final Map<String, RunningService> started = new HashMap<>();
  private boolean powered;

  HostServices(Path root, String address, Map<String, String> environment) {
    this.root = root;
    this.address = address;
    this.environment = ImmutableMap.copyOf(environment);
    this.directory = new UnitDirectory(root);
  }

  UnitDirectory directory() {
    return directory;
  }

  /** Starts every enabled unit, as a boot does; those that fail are failed services. */
  void boot() throws IOException {
    synchronized (this) {
      powered = true;
    }
    for (String name : directory.enabled()) {
      Optional<UnitFile> unit = unit(name);
      if (unit.isPresent()) {
        start(unit.get());
      }
    }
  }

  /** Kills everything and forgets what was loaded. */
  synchronized void powerOff() {
    powered = false;
    started.values().forEach(RunningService::close);
    started.clear();
    loaded.clear();
  }

  /** Forgets how unit files looked; those of running services are read again when asked for. */
  synchronized void reload() {
    loaded.clear();
  }

  /** A unit as it was loaded, or else as it is now. */
  synchronized Optional<UnitFile> unit(String name) throws IOException {
    UnitFile known = loaded.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<UnitFile> read = directory.read(name);
    read.ifPresent(unit -> loaded.put(name, unit));
    return read;
  }

  /** Whether the file of a loaded unit is another now. */
  synchronized boolean isStale(String name) throws IOException {
    UnitFile known = loaded.get(name);
    return known != null
        && !directory.read(name).map(now -> now.text().equals(known.text())).orElse(false);
  }

  synchronized State state(String name) {
    RunningService service = started.get(name);
    return service == null ? State.of(Kind.INACTIVE, "") : service.state();
  }

  /** Starts a unit unless it is active; of a oneshot unit the end is waited for. */
  void start(UnitFile unit) throws IOException {
    RunningService service;
    synchronized (this) {
      if (!powered) {
        throw new IOException("the host " + address + " is off");
      }
      if (state(unit.name()).kind() == Kind.ACTIVE) {
        return;
      }
      stop(unit.name());
      service = launch(unit);
      started.put(unit.name(), service);
    }
    // Not under the lock: the program may call systemctl itself.
    if (service instanceof ProcessService process && unit.isOneshot()) {
      if (!process.await(ONESHOT_SECONDS)) {
        process.close();
      }
    }
  }

  private RunningService launch(UnitFile unit) {
    List<String> command = unit.command();
    if (command.isEmpty() || !command.get(0).startsWith("/")) {
      return new NotStarted("ExecStart is no absolute path");
    }
    boolean registry = RegistryService.isMeant(command);
    if (registry && !Files.isExecutable(HostPaths.resolve(root, command.get(0)))) {
      return new NotStarted(command.get(0) + " is no program of this host");
    }
    if (registry) {
      return RegistryService.start(root, address, command.get(2));
    }
    try {
      return ProcessService.start(root, unit, environment);
    } catch (IOException e) {
      return new NotStarted(String.valueOf(e.getMessage()));
    }
  }

  /** Stops a unit; afterwards it is inactive, also if it had failed. */
  synchronized void stop(String name) {
    RunningService service = started.remove(name);
    if (service != null) {
      service.close();
    }
  }

  private record NotStarted(String reason) implements RunningService {
    /** What systemd says of a program that it cannot execute. */
    private static final int EXEC = 203;

    @Override
    public State state() {
      return new State(Kind.FAILED, EXEC, reason);
    }

    @Override
    public void close() {}
  }
}
