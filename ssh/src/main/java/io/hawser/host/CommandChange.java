package io.hawser.host;

import io.hawser.ssh.Command;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command has run successfully once with these inputs. It runs again only when the fingerprint
 * differs from that of the last successful run.
 *
 * @param name what people call it, for example {@code init.sh}; unique among the commands of an
 *     owner
 * @param command what is run
 * @param undo what takes its effect back, or null when nothing can
 * @param fingerprint a digest of all that the effect depends on: script text, arguments,
 *     environment
 */
public record CommandChange(
    String name, Command command, @Nullable Command undo, String fingerprint)
    implements HostChange {
  /** The command that takes the effect back, if there is one. */
  public Optional<Command> undoing() {
    return Optional.ofNullable(undo);
  }

  @Override
  public String target() {
    return name;
  }

  @Override
  public String summary() {
    return "run " + command + (undo == null ? "" : " (undo: " + undo + ")");
  }
}
