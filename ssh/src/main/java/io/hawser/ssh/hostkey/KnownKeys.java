package io.hawser.ssh.hostkey;

import com.google.common.collect.ImmutableList;
import io.hawser.ssh.hostkey.KnownHostsLine.Marker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What known_hosts files say about one host; the verdict is OpenSSH's. */
final class KnownKeys {
  /** What the files say about a key. */
  enum Verdict {
    KNOWN,
    UNKNOWN,
    CHANGED,
    REVOKED
  }

  /** The lines about the exact name; for {@code [address]:port} those of the bare address too. */
  private final ImmutableList<KnownHostsLine> exact;

  private final ImmutableList<KnownHostsLine> portless;

  private KnownKeys(List<KnownHostsLine> exact, List<KnownHostsLine> portless) {
    this.exact = ImmutableList.copyOf(exact);
    this.portless = ImmutableList.copyOf(portless);
  }

  /**
   * Reads the files; one that does not exist says nothing.
   *
   * @param name as known_hosts writes it: {@code [address]:port} where the port is not 22
   */
  static KnownKeys read(List<Path> files, String name) throws IOException {
    String exactly = name.toLowerCase(Locale.ROOT);
    int port = exactly.lastIndexOf("]:");
    List<KnownHostsLine> exact = new ArrayList<>();
    List<KnownHostsLine> portless = new ArrayList<>();
    for (Path file : files) {
      for (KnownHostsLine line : lines(file)) {
        if (line.isAbout(exactly)) {
          exact.add(line);
        }
        if (port >= 0 && line.isAbout(exactly.substring(1, port))) {
          portless.add(line);
        }
      }
    }
    return new KnownKeys(exact, portless);
  }

  private static List<KnownHostsLine> lines(Path file) throws IOException {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return text.lines().flatMap(line -> KnownHostsLine.parse(line).stream()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** What is known of this key. */
  Verdict of(PublicKeyBlob key) {
    if (revoked().contains(key)) {
      return Verdict.REVOKED;
    }
    if (keys(exact.stream(), Marker.NONE).contains(key)) {
      return Verdict.KNOWN;
    }
    if (exact.stream().anyMatch(KnownKeys::isHostKey)) {
      // Also when it is of another type: whoever sits in between would show such a one.
      return Verdict.CHANGED;
    }
    // A key of the bare address vouches for a port; that it is another one says nothing.
    boolean vouched = keys(portless.stream(), Marker.NONE).contains(key);
    return vouched ? Verdict.KNOWN : Verdict.UNKNOWN;
  }

  /** The types of the keys that could be accepted, those of the exact name first. */
  Set<String> types() {
    Set<String> types = new LinkedHashSet<>();
    for (PublicKeyBlob key : keys(all(), Marker.NONE)) {
      if (!key.isWeak()) {
        types.add(key.type());
      }
    }
    return types;
  }

  /** The keys that may sign certificates of the host. */
  List<PublicKeyBlob> authorities() {
    return keys(all(), Marker.AUTHORITY).stream().filter(key -> !key.isWeak()).toList();
  }

  /** The keys that are not to be trusted for the host, neither its own nor an authority's. */
  List<PublicKeyBlob> revoked() {
    return keys(all(), Marker.REVOKED);
  }

  private static boolean isHostKey(KnownHostsLine line) {
    return line.marker() == Marker.NONE || line.marker() == Marker.CERTIFICATE;
  }

  private Stream<KnownHostsLine> all() {
    return Stream.concat(exact.stream(), portless.stream());
  }

  private static List<PublicKeyBlob> keys(Stream<KnownHostsLine> lines, Marker marker) {
    return lines
        .filter(line -> line.marker() == marker)
        .map(KnownHostsLine::key)
        .distinct()
        .toList();
  }
}
