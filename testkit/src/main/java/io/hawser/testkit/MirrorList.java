package io.hawser.testkit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The endpoints that a node asks for the images of one registry, in order, as containerd 1.6 reads
 * them from {@code /etc/containerd/certs.d}.
 *
 * @param mirrors the endpoints, the registry itself last
 */
record MirrorList(List<Mirror> mirrors) {
  private static final Pattern SERVER = Pattern.compile("(server|ca)\\s*=\\s*(.+)");
  private static final Pattern TABLE =
      Pattern.compile("\\[\\s*host\\.(\"[^\"]+\"|'[^']+')(\\.header)?\\s*]");
  private static final Pattern PAIR = Pattern.compile("([A-Za-z0-9_-]+|\"[^\"]+\")\\s*=\\s*(.+)");
  private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"|'([^']*)'");

  /**
   * One endpoint.
   *
   * @param url its base, without {@code /v2}
   * @param capabilities what it is asked for: {@code pull}, {@code resolve}
   * @param headers sent with each request
   * @param bare whether nothing is put between the URL and the name ({@code override_path})
   * @param ca the file of the authorities that its certificate may be of
   */
  record Mirror(
      URI url,
      Set<String> capabilities,
      Map<String, String> headers,
      boolean bare,
      Optional<String> ca) {
    Mirror {
      capabilities = ImmutableSet.copyOf(capabilities);
      headers = ImmutableMap.copyOf(headers);
    }
  }

  MirrorList {
    mirrors = ImmutableList.copyOf(mirrors);
  }

  /**
   * The endpoints of a registry.
   *
   * <p>A directory {@code host_port_} shadows {@code host:port}, and a file that cannot be read, or
   * holds no host, is passed over in silence: so does containerd.
   */
  static MirrorList of(Path root, String registry) throws IOException {
    String shadow = registry.replaceFirst(":([0-9]+)$", "_$1_");
    for (String name : Stream.of(shadow, registry, "_default").distinct().toList()) {
      Path directory = HostPaths.resolve(root, "/etc/containerd/certs.d/" + name);
      if (Files.isDirectory(directory)) {
        Path file = HostPaths.resolve(root, "/etc/containerd/certs.d/" + name + "/hosts.toml");
        List<Mirror> read = Files.isRegularFile(file) ? read(Files.readString(file)) : List.of();
        return read.isEmpty() ? direct(registry) : new MirrorList(read);
      }
    }
    return direct(registry);
  }

  private static MirrorList direct(String registry) {
    boolean local = registry.startsWith("localhost") || registry.startsWith("127.");
    return new MirrorList(List.of(plain((local ? "http://" : "https://") + registry)));
  }

  private static Mirror plain(String url) {
    return new Mirror(
        URI.create(url.contains("://") ? url : "https://" + url),
        Set.of("pull", "resolve"),
        Map.of(),
        false,
        Optional.empty());
  }

  /** The hosts of a file, then its server; none when the file is broken or names no host. */
  private static List<Mirror> read(String text) {
    Map<String, Mirror> hosts = new LinkedHashMap<>();
    Map<String, String> server = new LinkedHashMap<>();
    String table = "";
    boolean header = false;
    for (String raw : text.lines().toList()) {
      String line = raw.replaceFirst("^\\s*#.*", "").strip();
      Matcher tableLine = TABLE.matcher(line);
      Matcher serverLine = SERVER.matcher(line);
      Matcher pair = PAIR.matcher(line);
      if (tableLine.matches()) {
        table = texts(tableLine.group(1)).get(0);
        header = tableLine.group(2) != null;
        hosts.putIfAbsent(table, plain(table));
      } else if (table.isEmpty() && serverLine.matches()) {
        server.put(serverLine.group(1), String.join("", texts(serverLine.group(2))));
      } else if (!table.isEmpty() && pair.matches()) {
        String key = pair.group(1).replace("\"", "");
        Mirror mirror = hosts.getOrDefault(table, plain(table));
        hosts.put(
            table,
            header
                ? withHeader(mirror, key, pair.group(2))
                : with(mirror, key, pair.group(2).strip()));
      } else if (!line.isEmpty()) {
        return List.of();
      }
    }
    List<Mirror> all = new ArrayList<>(hosts.values());
    String last = server.getOrDefault("server", "");
    if (!all.isEmpty() && !last.isEmpty()) {
      all.add(withCa(plain(last), Optional.ofNullable(server.get("ca"))));
    }
    return all;
  }

  private static Mirror with(Mirror mirror, String key, String value) {
    return switch (key) {
      case "capabilities" ->
          new Mirror(
              mirror.url(),
              new LinkedHashSet<>(texts(value)),
              mirror.headers(),
              mirror.bare(),
              mirror.ca());
      case "override_path" ->
          new Mirror(
              mirror.url(),
              mirror.capabilities(),
              mirror.headers(),
              value.startsWith("true"),
              mirror.ca());
      case "ca" -> withCa(mirror, texts(value).stream().findFirst());
      default -> mirror;
    };
  }

  private static Mirror withHeader(Mirror mirror, String key, String value) {
    Map<String, String> headers = new LinkedHashMap<>(mirror.headers());
    headers.put(key, String.join(", ", texts(value)));
    return new Mirror(mirror.url(), mirror.capabilities(), headers, mirror.bare(), mirror.ca());
  }

  private static Mirror withCa(Mirror mirror, Optional<String> ca) {
    return new Mirror(mirror.url(), mirror.capabilities(), mirror.headers(), mirror.bare(), ca);
  }

  /** The quoted texts of a value, one or a list. */
  private static List<String> texts(String value) {
    return TEXT.matcher(value)
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .toList();
  }
}
