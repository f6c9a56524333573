package io.hawser.ssh.mock;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * The marks that say that nothing below a directory was changed. Files in memory have no times: a
 * digest of all that lies there is remembered instead.
 */
final class AgentMarks {
  private final AgentCall call;

  AgentMarks(AgentCall call) {
    this.call = call;
  }

  /** Marks a tree, unless there is no journal. */
  void mark(String directory, String key, String fingerprint) {
    if (call.files().exists(call.state() + "/journal")) {
      call.files().makeDirectory(call.state() + "/mark").mode(call.state() + "/mark", 0700);
      call.files().write(place(key), fingerprint + "\n").mode(place(key), 0600);
      call.host().marked().put(key, digest(call.below(directory)));
    }
  }

  /** Whether a directory is as it was when it was marked. */
  boolean holds(String directory, String key, String fingerprint) {
    return call.files().exists(place(key))
        && call.files().text(place(key)).equals(fingerprint + "\n")
        && digest(directory).equals(call.host().marked().get(key));
  }

  void forget() {
    call.files().remove(call.state() + "/mark");
  }

  private String place(String key) {
    return call.state() + "/mark/" + key;
  }

  private String digest(String directory) {
    Hasher hasher = Hashing.sha256().newHasher();
    call.files()
        .below(directory)
        .forEach(
            (path, node) -> {
              String line =
                  path
                      + " "
                      + node.kind()
                      + MemoryAgent.octal(node)
                      + node.target()
                      + node.sha256();
              hasher.putString(line + "\n", StandardCharsets.UTF_8);
            });
    return hasher.hash().toString();
  }
}
