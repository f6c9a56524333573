package io.hawser.host;

import com.google.common.collect.ImmutableList;
import io.hawser.HawserException;
import io.hawser.host.HostChange.Outcome;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandException;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Input;
import io.hawser.ssh.SshClient;
import java.util.ArrayList;
import java.util.List;

/** Compares and applies lists of changes; neighbours that the agent makes alone go in one call. */
final class ChangeApplier {
  private final SshClient ssh;
  private final AgentClient agent;
  private final BlockFile blocks;
  private final Journal journal;
  private final TreeTransfer trees;

  ChangeApplier(SshClient ssh, AgentClient agent, TreeTransfer trees) {
    this.ssh = ssh;
    this.agent = agent;
    this.blocks = new BlockFile(agent);
    this.journal = new Journal(agent);
    this.trees = trees;
  }

  List<ChangeResult> compare(List<? extends HostChange> changes) {
    ImmutableList.Builder<ChangeResult> results = ImmutableList.builder();
    for (List<HostChange> group : groups(changes)) {
      HostChange first = group.get(0);
      if (Operations.line(first).isPresent()) {
        results.addAll(results(group, agent.call(operations(group), "check")));
      } else if (first instanceof BlockChange block) {
        results.add(difference(block, blocks.isSame(block)));
      } else if (first instanceof TreeChange tree) {
        results.add(difference(tree, trees.isSame(tree)));
      } else if (first instanceof WatchChange watch) {
        results.add(difference(watch, journal.holds(watch)));
      } else {
        // Commands are not asked for their state, they are remembered by the journal; whose owner
        // ran it does not matter to what would be done.
        results.add(difference(first, journal.hasRun(owner -> true, (CommandChange) first)));
      }
    }
    return results.build();
  }

  private static ChangeResult difference(HostChange change, boolean same) {
    return result(change, same ? Outcome.SAME : Outcome.CHANGED, "");
  }

  List<ChangeResult> apply(String owner, List<? extends HostChange> changes) {
    List<ChangeResult> results = new ArrayList<>();
    for (List<HostChange> group : groups(changes)) {
      results.addAll(applyGroup(owner, group));
      if (results.get(results.size() - 1).outcome() == Outcome.FAILED) {
        break;
      }
    }
    return ImmutableList.copyOf(results);
  }

  private List<ChangeResult> applyGroup(String owner, List<HostChange> group) {
    HostChange first = group.get(0);
    if (Operations.line(first).isPresent()) {
      return applyPlain(owner, group);
    }
    try {
      if (first instanceof BlockChange block) {
        return List.of(answered(block, blocks.edit(owner, block)));
      }
      if (first instanceof TreeChange tree) {
        return List.of(trees.apply(owner, tree));
      }
      if (first instanceof WatchChange watch) {
        return List.of(answered(watch, watch(owner, watch)));
      }
      return List.of(run(owner, (CommandChange) first));
    } catch (CommandException | HostStateException e) {
      return List.of(result(first, Outcome.FAILED, String.valueOf(e.getMessage())));
    }
  }

  private List<ChangeResult> applyPlain(String owner, List<HostChange> group) {
    KeptAnswer answer = new KeptAnswer(agent, "apply");
    try {
      agent.call(answer, Command.DEFAULT_TIMEOUT, operations(group), "apply", owner);
      return results(group, answer.lines());
    } catch (CommandException | HostStateException e) {
      // What it answered before it ended did happen.
      return withFailure(group, answer.lines(), e);
    }
  }

  private static List<ChangeResult> withFailure(
      List<HostChange> group, List<String> answers, HawserException failure) {
    int known = Math.min(answers.size(), group.size() - 1);
    List<ChangeResult> results = new ArrayList<>();
    for (int i = 0; i < known; i++) {
      results.add(answered(group.get(i), answers.get(i).replaceFirst("^[0-9]+ ", "")));
    }
    results.add(result(group.get(known), Outcome.FAILED, String.valueOf(failure.getMessage())));
    return results;
  }

  private List<ChangeResult> results(List<HostChange> group, List<String> answers) {
    List<ChangeResult> results = new ArrayList<>();
    for (String answer : answers) {
      if (results.size() < group.size()) {
        HostChange change = group.get(results.size());
        results.add(answered(change, answer.replaceFirst("^[0-9]+ ", "")));
      }
    }
    boolean failed =
        !results.isEmpty() && results.get(results.size() - 1).outcome() == Outcome.FAILED;
    if (answers.size() > group.size() || (answers.size() < group.size() && !failed)) {
      throw agent.fault(
          "the agent gave " + answers.size() + " answers to " + group.size() + " operations");
    }
    return results;
  }

  private ChangeResult run(String owner, CommandChange change) {
    if (journal.hasRun(owner::equals, change)) {
      return result(change, Outcome.SAME, "");
    }
    String root = agent.host().root();
    String undo =
        change
            .undoing()
            .map(command -> UndoScript.of(UndoScript.withRoot(command, root)))
            .orElse("");
    List<String> answer =
        agent.call(AgentClient.text(undo), "begin", owner, change.name(), change.fingerprint());
    if (answer.size() != 1 || !answer.get(0).startsWith("seq ")) {
      throw agent.unexpected(answer.toString(), "begin");
    }
    CommandResult result = ssh.run(agent.host(), UndoScript.withRoot(change.command(), root));
    if (!result.succeeded()) {
      // Its entry stays begun, so that its undo runs on reset: half of it may have happened.
      String why = String.valueOf(new CommandException(result).getMessage());
      return result(change, Outcome.FAILED, why);
    }
    agent.call(AgentClient.NOTHING, "done", answer.get(0).substring(4));
    return result(change, Outcome.CHANGED, "");
  }

  private String watch(String owner, WatchChange change) {
    List<String> lines = change.items().stream().map(Watched::line).toList();
    List<String> answer = agent.call(AgentClient.lines(lines), "watch", owner, change.name());
    if (answer.size() != 1) {
      throw agent.unexpected(answer.toString(), "watch");
    }
    return answer.get(0);
  }

  private static Input operations(List<HostChange> group) {
    return AgentClient.lines(group.stream().flatMap(c -> Operations.line(c).stream()).toList());
  }

  /** Neighbours that are lines for the agent together, every other change alone. */
  private static List<List<HostChange>> groups(List<? extends HostChange> changes) {
    List<List<HostChange>> groups = new ArrayList<>();
    boolean open = false;
    for (HostChange change : changes) {
      boolean plain = Operations.line(change).isPresent();
      if (!plain || !open) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(change);
      open = plain;
    }
    return groups;
  }

  private static ChangeResult answered(HostChange change, String answer) {
    if (answer.equals("same")) {
      return result(change, Outcome.SAME, "");
    }
    if (answer.equals("changed")) {
      return result(change, Outcome.CHANGED, "");
    }
    return result(change, Outcome.FAILED, answer.replaceFirst("^failed ", "").strip());
  }

  private static ChangeResult result(HostChange change, Outcome outcome, String message) {
    return new ChangeResult(change.target(), change.summary(), outcome, message);
  }
}
