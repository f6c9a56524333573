package io.hawser.host;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;

/** The bytes of one file of a host, written while they come and compared with its digest there. */
final class FetchedFile {
  private static final Duration LIMIT = Duration.ofHours(6);

  private final AgentClient agent;
  private final OutputStream to;
  private final Hasher hasher = Hashing.sha256().newHasher();
  private String kind = "";
  private String sha = "";
  private boolean inside;

  private FetchedFile(AgentClient agent, OutputStream to) {
    this.agent = agent;
    this.to = to;
  }

  /** Fetches a file. */
  static void fetch(AgentClient agent, String path, OutputStream to) {
    FetchedFile file = new FetchedFile(agent, to);
    agent.call(file::hear, LIMIT, AgentClient.NOTHING, "read", path);
    if (!file.kind.equals("file")) {
      throw agent.fault(path + (file.kind.equals("missing") ? " is missing" : " is not a file"));
    }
    if (!file.hasher.hash().toString().equals(file.sha)) {
      throw agent.fault(path + " was changed while it was read");
    }
  }

  private void hear(String line) {
    if (inside) {
      decode(line);
    } else if (line.startsWith("kind ")) {
      kind = line.substring(5);
    } else if (line.startsWith("sha ")) {
      sha = line.substring(4);
    } else if (line.equals("data") || line.startsWith("data ")) {
      inside = true;
      decode(line.substring(4).strip());
    }
  }

  /** Each line is whole groups of four letters. */
  private void decode(String line) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(line);
    } catch (IllegalArgumentException e) {
      throw agent.unexpected(line, "read");
    }
    hasher.putBytes(bytes);
    try {
      to.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
