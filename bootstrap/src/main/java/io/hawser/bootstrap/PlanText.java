package io.hawser.bootstrap;

import io.hawser.host.PlannedChange;
import io.hawser.host.PlannedCommand;
import io.hawser.host.PlannedFile;

/** Writes plans for people. */
final class PlanText {
  private final StringBuilder out = new StringBuilder();
  private final Plan plan;

  private PlanText(Plan plan) {
    this.plan = plan;
  }

  static String table(Plan plan) {
    PlanText text = new PlanText(plan);
    for (Plan.Item item : plan.items()) {
      item.changes().stream()
          .filter(PlannedChange::isChange)
          .forEach(change -> text.row(item, head(change)));
      if (item.problem() != null) {
        text.row(item, "? " + item.problem());
      }
    }
    return text.total("");
  }

  static String diff(Plan plan) {
    PlanText text = new PlanText(plan);
    plan.items().forEach(text::details);
    return text.total("# ");
  }

  private void row(Plan.Item item, String words) {
    out.append(String.format("%-16s %-18s %s%n", item.host(), item.step(), words));
  }

  private static String head(PlannedChange change) {
    return (change.takenBack() ? "- " : "+ ") + words(change);
  }

  /** A change on one line. */
  static String words(PlannedChange change) {
    String sent = "; to send: " + change.sentFiles() + " files, " + change.sentBytes() + " bytes";
    return change.summary() + (change.sentFiles() == 0 ? "" : sent);
  }

  private String total(String prefix) {
    long all = plan.items().stream().mapToLong(item -> item.changes().size()).sum();
    long changed =
        plan.items().stream()
            .flatMap(item -> item.changes().stream())
            .filter(PlannedChange::isChange)
            .count();
    long problems = plan.items().stream().filter(item -> item.problem() != null).count();
    String nothing = problems == 0 ? "nothing to change" : "nothing to change that could be seen";
    String what = changed == 0 ? nothing : changed + " to change";
    String bytes = plan.sentBytes() == 0 ? "" : ", " + plan.sentBytes() + " bytes to send";
    out.append(prefix).append(what).append(", ").append(all - changed);
    out.append(" as wanted already").append(bytes).append('\n');
    if (problems > 0) {
      out.append(prefix).append("not complete: see the ").append(problems);
      out.append(problems == 1 ? " line" : " lines").append(" with ?\n");
    }
    return out.toString();
  }

  private void details(Plan.Item item) {
    String where = item.host() + " " + item.step() + ": ";
    for (PlannedChange change : item.changes()) {
      if (change.isChange()) {
        comment("", where + head(change));
        change.commands().forEach(this::command);
        change.files().forEach(file -> file(item.host(), file));
        unnamed(change);
      }
    }
    if (item.problem() != null) {
      comment("", where + "? " + item.problem());
    }
  }

  private void command(PlannedCommand command) {
    String env = String.join(" ", command.envNames());
    comment("  ", "$ " + command.command() + (command.asRoot() ? "" : " (as the login user)"));
    if (!command.directory().isEmpty()) {
      comment("    ", "in " + command.directory());
    }
    if (!env.isEmpty()) {
      comment("    ", "with " + env);
    }
    if (!command.script().isEmpty()) {
      comment("    | ", command.script());
    }
  }

  private void file(String host, PlannedFile file) {
    String before = file.before().isEmpty() ? "nothing" : file.before();
    comment("  ", file.path() + ": " + before + " -> " + file.after());
    out.append(file.diff(host));
  }

  private void unnamed(PlannedChange change) {
    if (change.files().size() == PlannedChange.MOST_FILES) {
      comment("  ", "and so on: no more than " + PlannedChange.MOST_FILES + " files are named");
    }
  }

  /** No line of it can be taken for one of a difference. */
  private void comment(String indent, String words) {
    words.lines().forEach(line -> out.append("# ").append(indent).append(line).append('\n'));
  }
}
