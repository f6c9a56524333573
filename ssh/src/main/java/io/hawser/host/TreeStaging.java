package io.hawser.host;

import io.hawser.ssh.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier, broken transfer left on a host. What of it is whole and right is not sent again.
 * A staging that holds anything else than what is wanted now is thrown away: directories are
 * renamed into place with all that they hold.
 */
final class TreeStaging implements ListingReader.Visitor {
  private final AgentClient agent;
  private final String directory;
  private final String token;
  private final TreeDelta delta;
  // Only of what is wanted, so a host that names them over and over takes no memory.
  private final Set<String> whole = new LinkedHashSet<>();
  private final Set<String> cut = new LinkedHashSet<>();
  private boolean foreign;
  private int takenUp;

  TreeStaging(AgentClient agent, String directory, String token, TreeDelta delta) {
    this.agent = agent;
    this.directory = directory;
    this.token = token;
    this.delta = delta;
  }

  /** Takes up what is there; for long files that are not whole, how many bytes are right. */
  Map<String, Long> takeUp() {
    whole.clear();
    cut.clear();
    String staging = directory + "/.hawser-stage-" + token;
    ListingReader.names(agent, staging, this);
    if (foreign) {
      agent.call(AgentClient.NOTHING, "abandon", directory, token);
      return Map.of();
    }
    if (!whole.isEmpty()) {
      ListingReader.chosen(agent, staging, this, whole);
    }
    Map<String, Long> partial = new HashMap<>();
    for (String path : cut) {
      partial.put(path, verified(path));
    }
    return partial;
  }

  /** How many files need not be sent. */
  int takenUp() {
    return takenUp;
  }

  @Override
  public void entry(String path, TreeFile.@Nullable Type type, int mode, long size, String target) {
    int index = wanted(path);
    TreeColumns tree = delta.tree();
    if (index < 0 || tree.type(index) != type) {
      foreign |= !isHolder(path, type);
    } else if (delta.isSame(index) || delta.modeThere(index).isPresent()) {
      foreign |= type != TreeFile.Type.DIRECTORY;
    } else if (delta.hasArrived(index)) {
      return; // looked at when it came
    } else if (type == TreeFile.Type.FILE && size == tree.size(index) && mode == tree.mode(index)) {
      whole.add(path);
    } else if (type == TreeFile.Type.FILE && tree.size(index) > LargeFile.PIECE) {
      cut.add(path);
    }
  }

  /** The entry that a path in the staging is of; negative when there is none. */
  private int wanted(String path) {
    int slash = path.indexOf('/');
    if (slash != 1) {
      return -1;
    }
    int index = delta.tree().paths().find(path.substring(2));
    return index >= 0 && delta.tree().rank(index) == path.charAt(0) - '0' ? index : -1;
  }

  /** Whether it is the place of a rank, or a directory of another rank in which files go. */
  private boolean isHolder(String path, TreeFile.@Nullable Type type) {
    return type == TreeFile.Type.DIRECTORY
        && (path.length() == 1 || delta.tree().paths().find(path.substring(2)) >= 0);
  }

  @Override
  public void digest(String path, String sha256) {
    int index = wanted(path);
    if (index >= 0 && delta.tree().digest(index).equals(sha256)) {
      delta.arrived(index);
      takenUp++;
    }
  }

  private long verified(String path) {
    int index = wanted(path);
    TreeFile file = delta.tree().file(index);
    List<String> pieces = new ArrayList<>();
    agent.call(
        line -> {
          if (!line.startsWith("p ") || pieces.size() > file.size() / LargeFile.PIECE) {
            throw agent.unexpected(line, "pieces");
          }
          pieces.add(line.substring(2));
        },
        Command.DEFAULT_TIMEOUT,
        AgentClient.NOTHING,
        "pieces",
        directory,
        token,
        path,
        String.valueOf(LargeFile.PIECE));
    try {
      return LargeFile.verified(file, pieces);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the source of " + path.substring(2), e);
    }
  }
}
