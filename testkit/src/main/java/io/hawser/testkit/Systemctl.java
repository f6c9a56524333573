package io.hawser.testkit;

import com.google.common.base.Splitter;
import io.hawser.testkit.RunningService.Kind;
import io.hawser.testkit.RunningService.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code systemctl} does on an embedded host, with the words and exit codes of systemd. */
final class Systemctl {
  private final HostServices services;

  Systemctl(HostServices services) {
    this.services = services;
  }

  /** Runs a command line without the program's name. */
  Answer run(List<String> arguments) {
    List<String> words = new ArrayList<>();
    List<String> properties = new ArrayList<>();
    boolean now = false;
    boolean value = false;
    boolean quiet = false;
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if ((word.equals("-p") || word.equals("--property")) && i + 1 < arguments.size()) {
        properties.addAll(Splitter.on(',').splitToList(arguments.get(++i)));
      } else if (word.startsWith("--property=")) {
        properties.addAll(Splitter.on(',').splitToList(word.substring("--property=".length())));
      } else if (!word.startsWith("-")) {
        words.add(word);
      }
      now |= word.equals("--now");
      value |= word.equals("--value");
      quiet |= word.equals("-q") || word.equals("--quiet");
    }
    if (words.isEmpty()) {
      return Answer.failed(1, "systemctl: which command?");
    }
    String verb = words.get(0);
    List<String> units = words.subList(1, words.size()).stream().map(Systemctl::unitName).toList();
    try {
      Answer answer = verb.equals("show") ? show(units, properties, value) : run(verb, units, now);
      return quiet ? new Answer(answer.code(), "", answer.err()) : answer;
    } catch (IOException e) {
      return Answer.failed(1, "systemctl: " + e.getMessage());
    }
  }

  private static String unitName(String word) {
    return word.matches(".*\\.(service|socket|target|timer|mount)") ? word : word + ".service";
  }

  private Answer run(String verb, List<String> units, boolean now) throws IOException {
    if (verb.equals("daemon-reload") || verb.equals("daemon-reexec")) {
      services.reload();
      return Answer.ok("");
    }
    if (units.isEmpty()) {
      return Answer.failed(1, "Too few arguments.");
    }
    Answer answer = Answer.ok("");
    for (String unit : units) {
      answer = answer.then(run(verb, unit, now));
    }
    return answer;
  }

  private Answer run(String verb, String unit, boolean now) throws IOException {
    return switch (verb) {
      case "enable" -> enable(unit).then(now ? start(unit) : Answer.ok(""));
      case "disable" -> disable(unit).then(now ? stop(unit) : Answer.ok(""));
      case "start" -> start(unit);
      case "stop" -> stop(unit);
      case "restart", "reload-or-restart" -> restart(unit);
      case "try-restart" -> isActive(unit) ? restart(unit) : Answer.ok("");
      case "is-active" -> isActive(unit) ? Answer.ok("active\n") : new Answer(3, word(unit), "");
      case "is-failed" ->
          new Answer(services.state(unit).kind() == Kind.FAILED ? 0 : 1, word(unit), "");
      case "is-enabled" -> isEnabled(unit);
      case "status" -> status(unit);
      case "reset-failed" -> {
        if (services.state(unit).kind() == Kind.FAILED) {
          services.stop(unit);
        }
        yield Answer.ok("");
      }
      default -> Answer.failed(1, "systemctl: an embedded host does not know \"" + verb + "\"");
    };
  }

  private boolean isActive(String unit) {
    return services.state(unit).kind() == Kind.ACTIVE;
  }

  private String word(String unit) {
    return services.state(unit).kind().name().toLowerCase(Locale.ROOT) + "\n";
  }

  private Answer enable(String name) throws IOException {
    services.reload(); // as systemd does
    Optional<UnitFile> unit = services.unit(name);
    Optional<String> path = services.directory().find(name);
    if (unit.isEmpty() || path.isEmpty()) {
      return Answer.failed(1, "Failed to enable unit: Unit file " + name + " does not exist.");
    }
    return new Answer(0, "", services.directory().enable(unit.get(), path.get()));
  }

  private Answer disable(String name) throws IOException {
    String removed = services.directory().disable(name);
    services.reload();
    if (removed.isEmpty() && services.directory().find(name).isEmpty()) {
      return Answer.failed(1, "Failed to disable unit: Unit file " + name + " does not exist.");
    }
    return new Answer(0, "", removed);
  }

  private Answer start(String name) throws IOException {
    Optional<UnitFile> unit = services.unit(name);
    if (unit.isEmpty()) {
      return Answer.failed(5, "Failed to start " + name + ": Unit " + name + " not found.");
    }
    Answer warning = staleWarning(name);
    services.start(unit.get());
    State state = services.state(name);
    // A simple unit counts as started before its program runs: systemctl does not see it fail.
    if (unit.get().isOneshot() && state.kind() == Kind.FAILED) {
      return warning.then(Answer.failed(1, "Job for " + name + " failed: " + state.note() + "."));
    }
    return warning;
  }

  private Answer staleWarning(String name) throws IOException {
    return services.isStale(name)
        ? Answer.failed(
            0,
            "Warning: The unit file, source configuration file or drop-ins of "
                + name
                + " changed on disk. Run 'systemctl daemon-reload' to reload units.")
        : Answer.ok("");
  }

  private Answer restart(String name) throws IOException {
    if (services.unit(name).isPresent()) {
      services.stop(name);
    }
    return start(name);
  }

  private Answer stop(String name) throws IOException {
    boolean known = isActive(name) || services.unit(name).isPresent();
    services.stop(name);
    return known
        ? Answer.ok("")
        : Answer.failed(5, "Failed to stop " + name + ": Unit " + name + " not loaded.");
  }

  private Answer isEnabled(String name) throws IOException {
    String state = fileState(name);
    return switch (state) {
      case "" ->
          Answer.failed(
              1, "Failed to get unit file state for " + name + ": No such file or directory");
      case "disabled" -> new Answer(1, "disabled\n", "");
      default -> Answer.ok(state + "\n");
    };
  }

  private String fileState(String name) throws IOException {
    if (services.directory().isEnabled(name)) {
      return "enabled";
    }
    Optional<UnitFile> unit = services.directory().read(name);
    return unit.map(file -> file.wantedBy().isEmpty() ? "static" : "disabled").orElse("");
  }

  private Answer status(String name) throws IOException {
    Optional<UnitFile> unit = services.unit(name);
    State state = services.state(name);
    if (unit.isEmpty() && state.kind() == Kind.INACTIVE) {
      return Answer.failed(4, "Unit " + name + " could not be found.");
    }
    String loaded =
        services
            .directory()
            .find(name)
            .map(path -> "loaded (" + path + ")")
            .orElse("not-found (Reason: Unit " + name + " not found.)");
    String text =
        "* "
            + name
            + " - "
            + unit.map(UnitFile::description).orElse(name)
            + "\n"
            + "     Loaded: "
            + loaded
            + "\n"
            + "     Active: "
            + word(name).strip()
            + " ("
            + subState(state)
            + ")\n"
            + (state.note().isEmpty() ? "" : "     Status: \"" + state.note() + "\"\n");
    return new Answer(state.kind() == Kind.ACTIVE ? 0 : 3, text, "");
  }

  private static String subState(State state) {
    return switch (state.kind()) {
      case ACTIVE -> state.note().startsWith("exited") ? "exited" : "running";
      case INACTIVE -> "dead";
      case FAILED -> "failed";
    };
  }

  private Answer show(List<String> units, List<String> properties, boolean value)
      throws IOException {
    StringBuilder text = new StringBuilder();
    List<String> wanted = properties.isEmpty() ? PROPERTIES : properties;
    for (String unit : units) {
      for (String property : wanted) {
        if (PROPERTIES.contains(property)) {
          text.append(value ? "" : property + "=").append(property(unit, property)).append('\n');
        }
      }
    }
    return Answer.ok(text.toString());
  }

  private static final List<String> PROPERTIES =
      List.of(
          "Id",
          "Description",
          "LoadState",
          "ActiveState",
          "SubState",
          "UnitFileState",
          "FragmentPath",
          "NeedDaemonReload",
          "MainPID",
          "ExecMainStatus",
          "Result");

  private String property(String name, String property) throws IOException {
    State state = services.state(name);
    return switch (property) {
      case "Id" -> name;
      case "Description" -> services.unit(name).map(UnitFile::description).orElse(name);
      case "LoadState" -> services.unit(name).isPresent() ? "loaded" : "not-found";
      case "ActiveState" -> word(name).strip();
      case "SubState" -> subState(state);
      case "UnitFileState" -> fileState(name);
      case "FragmentPath" -> services.directory().find(name).orElse("");
      case "NeedDaemonReload" -> services.isStale(name) ? "yes" : "no";
      // Never a real one: a registry lives in this JVM, which nobody shall kill by mistake.
      case "MainPID" -> "0";
      case "ExecMainStatus" -> Integer.toString(state.status());
      default -> state.kind() == Kind.FAILED ? "exit-code" : "success";
    };
  }
}
