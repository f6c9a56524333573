package io.hawser.ssh.mock;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The verbs for long files: {@code append} and {@code pieces}. */
final class AgentPieces {
  private final AgentCall call;

  AgentPieces(AgentCall call) {
    this.call = call;
  }

  void append() {
    String staged = call.argument(2);
    String path = stage() + "/" + staged;
    int offset = Integer.parseInt(call.argument(4));
    int size = Integer.parseInt(call.argument(5));
    MemoryNode before = call.files().at(path);
    byte[] content = Arrays.copyOf(before == null ? new byte[0] : before.bytes(), offset);
    byte[] whole = Arrays.copyOf(content, size);
    int end = offset;
    byte[] input = call.input();
    for (int at = 0; at < input.length; ) {
      int lineEnd = at;
      while (input[lineEnd] != '\n') {
        lineEnd++;
      }
      String line = new String(input, at, lineEnd - at, StandardCharsets.US_ASCII);
      int count = Integer.parseInt(line.substring(2));
      at = lineEnd + 1;
      if (line.startsWith("d ")) {
        System.arraycopy(input, at, whole, end, Math.min(count, input.length - at));
        at += count;
      }
      end += count;
    }
    if (end != size) {
      throw new AgentFailure(staged + " has " + end + " of " + size + " bytes");
    }
    call.files().makeDirectory(MemoryFiles.parent(path));
    MemoryNode node = MemoryNode.file(Integer.parseInt(call.argument(3), 8), whole);
    call.files().put(path, node);
    call.say("f " + node.sha256() + " " + staged);
  }

  void pieces() {
    MemoryNode node = call.files().at(stage() + "/" + call.argument(2));
    int piece = Integer.parseInt(call.argument(3));
    byte[] bytes = node == null ? new byte[0] : node.bytes();
    for (int at = 0; at + piece <= bytes.length; at += piece) {
      call.say("p " + Hashing.sha256().hashBytes(bytes, at, piece));
    }
  }

  private String stage() {
    String stage = call.below(call.argument(0)) + "/" + AgentTrees.STAGE + call.argument(1);
    if (!call.files().exists(stage)) {
      throw new AgentFailure("the staging below " + call.argument(0) + " is gone");
    }
    return stage;
  }
}
