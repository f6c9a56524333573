package io.hawser.ssh.hostkey;

import com.google.common.collect.ImmutableList;
import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What known_hosts files say about one host. JSch parses the lines and matches hashed names; the
 * verdict is ours, because JSch's own is looser than OpenSSH's.
 */
final class KnownKeys {
  /** What the files say about a key. */
  enum Verdict {
    KNOWN,
    UNKNOWN,
    CHANGED,
    REVOKED
  }

  private final ImmutableList<HostKey> exact;
  private final ImmutableList<HostKey> portless;

  private KnownKeys(List<HostKey> exact, List<HostKey> portless) {
    this.exact = ImmutableList.copyOf(exact);
    this.portless = ImmutableList.copyOf(portless);
  }

  /**
   * Reads the files; one that does not exist says nothing.
   *
   * @param name as known_hosts writes it: {@code [address]:port} where the port is not 22
   */
  static KnownKeys read(List<Path> files, String name) throws IOException {
    List<HostKey> exact = new ArrayList<>();
    List<HostKey> portless = new ArrayList<>();
    int port = name.lastIndexOf("]:");
    for (Path file : files) {
      HostKeyRepository keys = parse(file);
      exact.addAll(about(name, keys));
      if (port >= 0) {
        portless.addAll(about(name.substring(1, port), keys));
      }
    }
    portless.removeAll(exact);
    return new KnownKeys(exact, portless);
  }

  private static List<HostKey> about(String name, HostKeyRepository keys) {
    // Only JSch can match a hashed name. For [address]:port it adds what matches the bare address.
    List<HostKey> hashed = new ArrayList<>(List.of(keys.getHostKey(name, null)));
    int port = name.lastIndexOf("]:");
    if (port >= 0) {
      hashed.removeAll(List.of(keys.getHostKey(name.substring(1, port), null)));
    }
    List<HostKey> found = new ArrayList<>();
    for (HostKey key : keys.getHostKey()) {
      boolean isHashed = key.getHost().startsWith("|");
      if (isHashed ? hashed.contains(key) : names(key, name)) {
        found.add(key);
      }
    }
    return found;
  }

  /** What is known of this key. */
  Verdict of(byte[] key) {
    String encoded = Base64.getEncoder().encodeToString(key);
    boolean known = false;
    boolean others = false;
    for (HostKey candidate : all()) {
      boolean same = candidate.getKey().equals(encoded);
      boolean plain = candidate.getMarker().isEmpty();
      if (same && candidate.getMarker().equals("@revoked")) {
        return Verdict.REVOKED;
      }
      known |= same && plain;
      // A key of the bare address vouches for a port, but its absence says nothing, as in OpenSSH.
      others |= !same && plain && exact.contains(candidate);
    }
    if (known) {
      return Verdict.KNOWN;
    }
    // Also when only keys of other types are known: whoever sits in between would choose such a
    // one.
    return others ? Verdict.CHANGED : Verdict.UNKNOWN;
  }

  /** Every line about the host, those of its exact name first. */
  List<HostKey> all() {
    return ImmutableList.<HostKey>builder().addAll(exact).addAll(portless).build();
  }

  private static HostKeyRepository parse(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      bytes = new byte[0];
    }
    JSch jsch = new JSch();
    try {
      jsch.setKnownHosts(new ByteArrayInputStream(bytes));
    } catch (JSchException | RuntimeException e) {
      keepGoodLines(jsch, new String(bytes, StandardCharsets.ISO_8859_1));
    }
    return jsch.getHostKeyRepository();
  }

  /** One malformed line makes JSch drop the whole file; OpenSSH drops the line. */
  private static void keepGoodLines(JSch jsch, String text) {
    StringBuilder good = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (parses(jsch, line)) {
        good.append(line).append('\n');
      }
    }
    parses(jsch, good.toString());
  }

  private static boolean parses(JSch jsch, String text) {
    try {
      jsch.setKnownHosts(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
      return true;
    } catch (JSchException | RuntimeException e) {
      return false;
    }
  }

  /** Whether the line's patterns name the host; JSch knows neither {@code *} nor {@code !}. */
  private static boolean names(HostKey key, String name) {
    boolean named = false;
    for (String pattern : key.getHost().split(",", -1)) {
      if (pattern.startsWith("!") && glob(pattern.substring(1), name)) {
        return false;
      }
      named |= glob(pattern, name);
    }
    return named;
  }

  private static boolean glob(String pattern, String name) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return name.matches(regex.toString());
  }
}
