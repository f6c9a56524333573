package io.hawser.bootstrap;

import io.hawser.host.HostChange;
import io.hawser.host.PlannedChange;
import io.hawser.host.PlannedCommand;
import io.hawser.host.PlannedFile;
import io.hawser.report.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plans as JSON; docs/plan.md describes the format. What is null or empty is left out. */
final class PlanJson {
  private PlanJson() {}

  static String write(Plan plan) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("formatVersion", Plan.FORMAT_VERSION);
    document.put("cluster", plan.cluster());
    document.put("origin", plan.origin());
    document.put("hasChanges", plan.hasChanges());
    document.put("hosts", plan.hosts());
    document.put("items", plan.items().stream().map(PlanJson::item).toList());
    return Json.write(document);
  }

  private static Map<String, Object> item(Plan.Item item) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("step", item.step());
    map.put("host", item.host());
    if (item.problem() != null) {
      map.put("problem", item.problem());
    }
    map.put("changes", item.changes().stream().map(PlanJson::change).toList());
    return map;
  }

  private static Map<String, Object> change(PlannedChange change) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("target", change.target());
    map.put("summary", change.summary());
    map.put("outcome", change.outcome().name());
    if (change.isChange()) {
      map.put("takenBack", change.takenBack());
      map.put("commands", change.commands().stream().map(PlanJson::command).toList());
      map.put("files", change.files().stream().map(PlanJson::file).toList());
      map.put("sentFiles", change.sentFiles());
      map.put("sentBytes", change.sentBytes());
      map.put("fingerprint", change.fingerprint());
    }
    return map;
  }

  private static Map<String, Object> command(PlannedCommand command) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("command", command.command());
    map.put("script", command.script());
    map.put("directory", command.directory());
    map.put("envNames", command.envNames());
    map.put("asRoot", command.asRoot());
    return map;
  }

  private static Map<String, Object> file(PlannedFile file) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("path", file.path());
    map.put("before", file.before());
    map.put("after", file.after());
    map.put("hunks", file.hunks());
    return map;
  }

  static Plan read(String json) {
    PlanFields document = PlanFields.parse(json);
    String version = document.text("formatVersion");
    if (!version.equals(String.valueOf(Plan.FORMAT_VERSION))) {
      throw new IllegalArgumentException(
          "this plan has formatVersion "
              + version
              + ", but only "
              + Plan.FORMAT_VERSION
              + " can be read here: make the plan anew, or use the version of Hawser that made it");
    }
    return new Plan(
        document.text("cluster"),
        document.text("origin"),
        document.texts("hosts"),
        document.all("items").stream().map(PlanJson::item).toList());
  }

  private static Plan.Item item(PlanFields item) {
    List<PlannedChange> changes = item.all("changes").stream().map(PlanJson::change).toList();
    String problem = item.has("problem") ? item.text("problem") : null;
    return new Plan.Item(item.text("step"), item.text("host"), changes, problem);
  }

  private static PlannedChange change(PlanFields change) {
    HostChange.Outcome outcome =
        change.word(
            "outcome",
            Map.of("SAME", HostChange.Outcome.SAME, "CHANGED", HostChange.Outcome.CHANGED));
    boolean changed = outcome == HostChange.Outcome.CHANGED;
    return new PlannedChange(
        change.text("target"),
        change.text("summary"),
        outcome,
        changed && change.flag("takenBack"),
        changed ? change.all("commands").stream().map(PlanJson::command).toList() : List.of(),
        changed ? change.all("files").stream().map(PlanJson::file).toList() : List.of(),
        changed ? change.number("sentFiles") : 0,
        changed ? change.number("sentBytes") : 0,
        changed ? change.text("fingerprint") : "");
  }

  private static PlannedCommand command(PlanFields command) {
    return new PlannedCommand(
        command.text("command"),
        command.text("script"),
        command.text("directory"),
        command.texts("envNames"),
        command.flag("asRoot"));
  }

  private static PlannedFile file(PlanFields file) {
    return new PlannedFile(
        file.text("path"), file.text("before"), file.text("after"), file.text("hunks"));
  }
}
