package io.hawser.bootstrap;

import com.google.common.collect.ImmutableSet;
import com.google.common.hash.Hashing;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.host.CommandChange;
import io.hawser.ssh.Command;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Something of your own that is done before or after a phase of a run, on some of its hosts.
 *
 * <pre>{@code
 * Hook.command("quiet-alerts", "alertctl mute 1h", "alertctl unmute")
 *     .before(Phase.INIT_SCRIPT)
 *     .onRole(Role.NODE)
 * }</pre>
 *
 * <p>What it changes is journalled under its name, so it is done once, shown by plans, and undone
 * by {@code reset}, newest first. A hook that fails on a host ends the run on that host; what
 * earlier hooks did there stays until {@code reset}, so that the call can be repeated.
 *
 * <p>Hooks of {@link Phase#RESET} are for that call alone: what one before it did is undone when
 * all else was, and one after it is a command without undo. Immutable, thread-safe.
 */
public final class Hook {
  private final String name;
  private final DependencyChanges changes;
  private final boolean lasting;
  private final @Nullable Phase phase;
  private final boolean before;
  private final HookScope scope;

  private Hook(
      String name,
      DependencyChanges changes,
      boolean lasting,
      @Nullable Phase phase,
      boolean before,
      HookScope scope) {
    this.name = name;
    this.changes = changes;
    this.lasting = lasting;
    this.phase = phase;
    this.before = before;
    this.scope = scope;
  }

  /**
   * A hook of changes, each of which has its undo.
   *
   * @param name lower case letters, digits and dashes; unique among hooks, dependencies and steps
   */
  public static Hook of(CharSequence name, DependencyChanges changes) {
    return new Hook(StepName.of("hook", name), changes, true, null, false, HookScope.all());
  }

  /**
   * A hook that runs a line of shell as root on the host, and another one to undo it. Both stand in
   * plans and in the host's list of processes: no place for secrets.
   *
   * @param name lower case letters, digits and dashes; unique among hooks, dependencies and steps
   */
  public static Hook command(CharSequence name, CharSequence command, CharSequence undo) {
    return shell(name, command.toString(), undo.toString());
  }

  /**
   * A hook that runs a line of shell whose effect nothing takes back; {@code reset} says so.
   *
   * @param name lower case letters, digits and dashes; unique among hooks, dependencies and steps
   */
  public static Hook commandWithoutUndo(CharSequence name, CharSequence command) {
    return shell(name, command.toString(), null);
  }

  private static Hook shell(CharSequence name, String text, @Nullable String undo) {
    String checked = StepName.of("hook", name);
    if (text.isBlank() || (undo != null && undo.isBlank())) {
      throw new IllegalArgumentException("a command of hook " + checked + " is empty");
    }
    CommandChange change =
        new CommandChange(
            checked,
            Command.of("sh", "-c", text),
            undo == null ? null : Command.of("sh", "-c", undo),
            Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString());
    return new Hook(
        checked, (host, facts) -> List.of(change), undo != null, null, false, HookScope.all());
  }

  /** The same hook, before a phase, after the hooks that were registered for there before it. */
  public Hook before(Phase when) {
    return new Hook(name, changes, lasting, when, true, scope);
  }

  /**
   * The same hook, after a phase.
   *
   * @throws IllegalArgumentException if it shall come after {@link Phase#RESET} and is not made by
   *     {@link #commandWithoutUndo}: a host that was reset keeps nothing
   */
  public Hook after(Phase when) {
    if (when == Phase.RESET && lasting) {
      throw new IllegalArgumentException(
          "hook "
              + name
              + " has an undo, which nobody would run after a reset;"
              + " make it by Hook.commandWithoutUndo, or put it before the reset");
    }
    return new Hook(name, changes, lasting, when, false, scope);
  }

  /** The same hook, on hosts with a role only. */
  public Hook onRole(Role role) {
    return scoped(HookScope.role(role));
  }

  /** The same hook, on the cluster's first master only; on none when the call leaves that out. */
  public Hook onFirstMaster() {
    return scoped(HookScope.firstMaster());
  }

  /** The same hook, on these hosts only. */
  public Hook onAddresses(CharSequence... addresses) {
    return onAddresses(List.of(addresses));
  }

  /** The same hook, on these hosts only; an empty collection means none. */
  public Hook onAddresses(Collection<? extends CharSequence> addresses) {
    ImmutableSet.Builder<String> copy = ImmutableSet.builder();
    // Groovy hands over GStrings inside collections: take every element as text.
    for (Object address : addresses) {
      copy.add(String.valueOf(address));
    }
    return scoped(HookScope.addresses(copy.build()));
  }

  /** The same hook, on hosts for which this is true. */
  public Hook onHosts(Predicate<Host> hosts) {
    return scoped(HookScope.matching(hosts));
  }

  private Hook scoped(HookScope newScope) {
    return new Hook(name, changes, lasting, phase, before, newScope);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** The phase before or after which it comes, when that was said. */
  public Optional<Phase> phase() {
    return Optional.ofNullable(phase);
  }

  /** Whether it comes before its phase. */
  public boolean isBefore() {
    return before;
  }

  HookScope scope() {
    return scope;
  }

  DependencyChanges changes() {
    return changes;
  }

  @Override
  public String toString() {
    return phase == null ? name : name + (before ? " before " : " after ") + phase;
  }
}
