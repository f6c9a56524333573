package io.hawser.ssh.mock;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Serves what lies in the storage of a registry, in the layout of the CNCF distribution. */
final class MemoryRegistry {
  private static final Pattern ROOT = setting("rootdirectory");
  private static final Pattern ADDRESS = setting("addr");
  private static final Pattern CERTIFICATE = setting("certificate");
  private static final Pattern HTPASSWD = Pattern.compile("^\\s*htpasswd:", Pattern.MULTILINE);
  private static final Pattern START = Pattern.compile("^ExecStart\\s*=(.*)$", Pattern.MULTILINE);
  private static final Pattern OBJECT =
      Pattern.compile("/v2/(?<name>.+)/(?<kind>manifests|blobs)/(?<ref>[^/]+)");

  private final MemoryFiles files;
  private final String repositories;
  private final String blobs;
  private final boolean login;
  private final String certificate;

  private MemoryRegistry(MemoryFiles files, String data, boolean login, String certificate) {
    this.files = files;
    this.repositories = data + "/docker/registry/v2/repositories/";
    this.blobs = data + "/docker/registry/v2/blobs/sha256/";
    this.login = login;
    this.certificate = certificate;
  }

  private static Pattern setting(String name) {
    return Pattern.compile("^\\s*" + name + ":\\s*[\"']?(.*?)[\"']?\\s*$", Pattern.MULTILINE);
  }

  /** The registry that runs on a host and listens on a port, or null. */
  static @Nullable MemoryRegistry on(MemoryHost host, int port) {
    String given = host.registry();
    if (given != null) {
      return new MemoryRegistry(host.files(), given, false, "");
    }
    for (UnitState unit : host.units().states().values()) {
      MemoryRegistry found = unit.active() ? started(host, unit.name(), port) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable MemoryRegistry started(MemoryHost host, String unit, int port) {
    MemoryFiles files = host.files();
    String root = host.units().root(unit);
    String start = first(START, content(files, root + AgentOperations.unitFile(unit)));
    for (String word : start.split("\\s+", -1)) {
      // With a root in front of everything the unit names the path as the system sees it.
      String config = content(files, word);
      String text = config.isEmpty() ? content(files, root + word) : config;
      String data = first(ROOT, text);
      if (!data.isEmpty() && listens(text, port)) {
        boolean seen = files.exists(data) || !files.exists(root + data);
        boolean login = HTPASSWD.matcher(text).find();
        return new MemoryRegistry(
            files, seen ? data : root + data, login, certificate(files, root, text));
      }
    }
    return null;
  }

  private static String certificate(MemoryFiles files, String root, String config) {
    String path = first(CERTIFICATE, config);
    String below = path.isEmpty() ? "" : content(files, root + path);
    return below.isEmpty() ? content(files, path) : below;
  }

  private static boolean listens(String config, int port) {
    String address = first(ADDRESS, config);
    return address.isEmpty() || address.endsWith(":" + port);
  }

  private static String content(MemoryFiles files, String path) {
    MemoryNode node = path.startsWith("/") ? files.behind(path) : null;
    return node != null && node.isFile() ? files.text(path) : "";
  }

  private static String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? found.group(1).strip() : "";
  }

  boolean wantsLogin() {
    return login;
  }

  /** What it shows to clients with TLS, in PEM; empty when it talks plain HTTP. */
  String certificate() {
    return certificate;
  }

  /** The manifest or blob that a URL's path names, or what stands at the base; null without any. */
  @Nullable MemoryNode find(String path) {
    if (path.equals("/v2/")) {
      return MemoryNode.file(0644, "{}".getBytes(StandardCharsets.UTF_8));
    }
    Matcher url = OBJECT.matcher(path);
    if (!url.matches()) {
      return null;
    }
    String repository = repositories + url.group("name");
    String ref = url.group("ref");
    boolean manifest = url.group("kind").equals("manifests");
    String digest = manifest && !ref.contains(":") ? tagged(repository, ref) : ref;
    String hex = digest.replaceFirst("^sha256:", "");
    String links = repository + (manifest ? "/_manifests/revisions" : "/_layers");
    if (hex.length() < 2 || !files.exists(links + "/sha256/" + hex + "/link")) {
      return null;
    }
    return files.behind(blobs + hex.substring(0, 2) + "/" + hex + "/data");
  }

  private String tagged(String repository, String tag) {
    String link = content(files, repository + "/_manifests/tags/" + tag + "/current/link");
    return link.strip();
  }
}
