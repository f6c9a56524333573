package io.hawser.host;

import com.google.common.hash.Hashing;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Edits a marked block of a file on a host: read, edit here, swap if nobody else wrote meanwhile.
 */
final class BlockFile {
  private static final int TRIES = 3;
  private static final byte[] NOTHING = {};

  private final AgentClient agent;

  BlockFile(AgentClient agent) {
    this.agent = agent;
  }

  /** Whether the block is as wanted. */
  boolean isSame(BlockChange change) {
    Optional<byte[]> now = read(agent, change.path());
    return Arrays.equals(now.orElse(NOTHING), edited(now, change));
  }

  /** Makes the block as wanted; the answer of the agent without its number. */
  String edit(String owner, BlockChange change) {
    String answer = "";
    for (int i = 0; i < TRIES; i++) {
      Optional<byte[]> now = read(agent, change.path());
      byte[] wanted = edited(now, change);
      if (Arrays.equals(now.orElse(NOTHING), wanted)) {
        return "same";
      }
      answer = swap(owner, change, now, wanted);
      // Somebody wrote between reading and swapping: their bytes are read and kept.
      if (!answer.endsWith("meanwhile")) {
        return answer;
      }
    }
    return answer;
  }

  private String swap(String owner, BlockChange change, Optional<byte[]> now, byte[] wanted) {
    String operation =
        String.join(
            " ",
            "swap",
            WireField.encode(change.path()),
            now.map(BlockFile::sha).orElse("%"),
            sha(wanted),
            WireField.encode(change.marker()),
            WireField.encode(wanted) + (change.inPlace() ? " in-place" : ""));
    List<String> answer = agent.call(AgentClient.lines(List.of(operation)), "apply", owner);
    if (answer.size() != 1 || answer.get(0).indexOf(' ') < 0) {
      throw agent.unexpected(answer.toString(), "swap");
    }
    return answer.get(0).substring(answer.get(0).indexOf(' ') + 1).strip();
  }

  /** The bytes of a file with the block as wanted. */
  static byte[] edited(Optional<byte[]> now, BlockChange change) {
    byte[] text = now.orElse(NOTHING);
    AsideLines aside = new AsideLines(change.marker());
    if (change.lines().isEmpty()) {
      text = new MarkedBlock(MarkedBlock.STAND_IN + change.marker()).put(text, change.lines());
      text = aside.bringBack(text);
    } else if (!change.insteadOf().isEmpty()) {
      text = aside.setAside(text, change.insteadOf());
    }
    return new MarkedBlock(change.marker()).put(text, change.lines());
  }

  /** The file's bytes; empty when there is no file. */
  static Optional<byte[]> read(AgentClient agent, String path) {
    List<String> answer = agent.call(AgentClient.NOTHING, "read", path);
    if (answer.contains("kind missing")) {
      return Optional.empty();
    }
    if (!answer.contains("kind file")) {
      throw agent.fault(path + " is not a file");
    }
    return Optional.of(agent.data(answer, "read"));
  }

  private static String sha(byte[] bytes) {
    return Hashing.sha256().hashBytes(bytes).toString();
  }
}
