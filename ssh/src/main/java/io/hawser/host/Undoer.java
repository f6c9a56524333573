package io.hawser.host;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.hawser.host.HostChange.Outcome;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandException;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.SshClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Walks the journal of a host backwards. */
final class Undoer {
  // The undo of a tree reads every file of it.
  private static final Duration LIMIT = Duration.ofHours(6);

  private final SshClient ssh;
  private final AgentClient agent;
  private final List<String> options;

  Undoer(SshClient ssh, AgentClient agent, Set<UndoOption> options) {
    this.ssh = ssh;
    this.agent = agent;
    this.options = options.stream().sorted().map(UndoOption::word).toList();
  }

  List<ChangeResult> undo(Predicate<JournalEntry> which) {
    ImmutableList.Builder<ChangeResult> results = ImmutableList.builder();
    for (JournalEntry entry : Lists.reverse(new Journal(agent).entries())) {
      if (which.test(entry)) {
        results.add(undo(entry));
      }
    }
    agent.call(AgentClient.NOTHING, "close");
    return results.build();
  }

  private ChangeResult undo(JournalEntry entry) {
    try {
      return switch (entry.kind()) {
        case "block" -> undoBlock(entry);
        case "command" -> undoCommand(entry);
        default -> mark(entry);
      };
    } catch (CommandException | HostStateException e) {
      return result(entry, Outcome.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private ChangeResult undoBlock(JournalEntry entry) {
    BlockChange out = new BlockChange(entry.target(), entry.fingerprint(), ImmutableList.of());
    String answer = new BlockFile(agent).edit(entry.owner(), out);
    if (answer.equals("same") || answer.equals("changed")) {
      return mark(entry);
    }
    return result(entry, Outcome.FAILED, answer.replaceFirst("^failed ", ""));
  }

  private ChangeResult undoCommand(JournalEntry entry) {
    String sequence = String.valueOf(entry.sequence());
    if (!entry.undoable()) {
      mark(entry);
      return result(entry, Outcome.KEPT, "nothing takes this command back");
    }
    List<String> answer = agent.call(AgentClient.NOTHING, "undo-script", sequence);
    String text = new String(agent.data(answer, "undo-script"), StandardCharsets.UTF_8);
    Command undo = UndoScript.command("undo of " + entry.target(), text);
    CommandResult result = ssh.run(agent.host(), undo);
    if (!result.succeeded()) {
      String why = String.valueOf(new CommandException(result).getMessage());
      return result(entry, Outcome.FAILED, why);
    }
    return mark(entry);
  }

  /** Has the agent take the effect back, where it can, and mark the entry. */
  private ChangeResult mark(JournalEntry entry) {
    KeptAnswer answer = new KeptAnswer(agent, "undo");
    agent.call(answer, LIMIT, AgentClient.NOTHING, "undo", arguments(entry));
    List<String> lines = answer.lines();
    String text = lines.size() == 1 ? lines.get(0).strip() : "";
    if (text.equals("undone") || text.startsWith("undone ")) {
      return result(entry, Outcome.CHANGED, text.substring(6).strip());
    }
    if (text.startsWith("kept ")) {
      return result(entry, Outcome.KEPT, text.substring(5));
    }
    if (text.startsWith("failed ")) {
      return result(entry, Outcome.FAILED, text.substring(7));
    }
    throw agent.unexpected(lines.toString(), "undo");
  }

  private String[] arguments(JournalEntry entry) {
    return Stream.concat(Stream.of(String.valueOf(entry.sequence())), options.stream())
        .toArray(String[]::new);
  }

  private static ChangeResult result(JournalEntry entry, Outcome outcome, String message) {
    String summary = "undo " + entry.kind() + " " + entry.target();
    return new ChangeResult(entry.target(), summary, outcome, message);
  }
}
