package io.hawser.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers the requests of the OCI distribution protocol that only read. */
final class RegistryRequests implements HttpHandler {
  private static final String PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
  private static final String NAME = "(" + PART + "(?:/" + PART + ")*)";
  private static final String DIGEST = "sha256:[0-9a-f]{64}";
  private static final Pattern MANIFEST =
      Pattern.compile("/v2/" + NAME + "/manifests/(" + DIGEST + "|\\w[\\w.-]{0,127})");
  private static final Pattern BLOB = Pattern.compile("/v2/" + NAME + "/blobs/(" + DIGEST + ")");
  private static final Pattern TAGS = Pattern.compile("/v2/" + NAME + "/tags/list");
  private static final Pattern QUERY = Pattern.compile("(?:^|&)(n|last)=([^&]*)");

  /** What distribution takes when a client does not say how many repositories it wants. */
  private static final int CATALOG_PAGE = 100;

  private final StorageTree tree;
  private final @Nullable Htpasswd users;

  RegistryRequests(StorageTree tree, @Nullable Htpasswd users) {
    this.tree = tree;
    this.users = users;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
      answer(exchange, exchange.getRequestURI().getPath());
    }
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    boolean reads = List.of("GET", "HEAD").contains(exchange.getRequestMethod());
    try {
      if (path.equals("/")) {
        send(exchange, 200, "text/plain", "");
      } else if (!path.startsWith("/v2/")) {
        fail(exchange, 404, "UNSUPPORTED", "no such page");
      } else if (!admitted(exchange)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"basic-realm\"");
        fail(exchange, 401, "UNAUTHORIZED", "authentication required");
      } else if (!reads) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        fail(exchange, 405, "UNSUPPORTED", "this registry is read-only");
      } else {
        read(exchange, path);
      }
    } catch (BrokenStorage e) {
      fail(exchange, 500, "UNKNOWN", String.valueOf(e.getMessage()));
    }
  }

  private boolean admitted(HttpExchange exchange) {
    return users == null || users.admits(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private void read(HttpExchange exchange, String path) throws IOException {
    Matcher manifest = MANIFEST.matcher(path);
    Matcher blob = BLOB.matcher(path);
    Matcher tags = TAGS.matcher(path);
    if (path.equals("/v2/")) {
      send(exchange, 200, "application/json; charset=utf-8", "{}");
    } else if (path.equals("/v2/_catalog")) {
      catalog(exchange);
    } else if (manifest.matches()) {
      manifest(exchange, manifest.group(1), manifest.group(2));
    } else if (blob.matches()) {
      blob(exchange, blob.group(1), blob.group(2));
    } else if (tags.matches()) {
      tags(exchange, tags.group(1));
    } else {
      fail(exchange, 404, "NAME_UNKNOWN", "no such page");
    }
  }

  private void manifest(HttpExchange exchange, String name, String reference) throws IOException {
    Optional<String> digest;
    Optional<Path> data;
    try {
      boolean isDigest = reference.matches(DIGEST);
      digest = isDigest ? Optional.of(reference) : tree.tag(name, reference);
      data =
          digest.isPresent() && tree.hasManifest(name, digest.get())
              ? tree.blob(digest.get())
              : Optional.empty();
    } catch (IOException e) {
      throw new BrokenStorage(e);
    }
    if (data.isEmpty()) {
      fail(exchange, 404, "MANIFEST_UNKNOWN", "manifest unknown");
      return;
    }
    byte[] body = Files.readAllBytes(data.get());
    String type = mediaType(new String(body, StandardCharsets.UTF_8));
    exchange.getResponseHeaders().set("Docker-Content-Digest", digest.orElseThrow());
    send(exchange, 200, type, body);
  }

  private static String mediaType(String manifest) throws BrokenStorage {
    try {
      Map<String, @Nullable Object> members = JsonText.object(manifest);
      if (members.get("mediaType") instanceof String type) {
        return type;
      }
      String kind = members.containsKey("manifests") ? "index" : "manifest";
      return "application/vnd.oci.image." + kind + ".v1+json";
    } catch (IllegalArgumentException e) {
      throw new BrokenStorage(e);
    }
  }

  private void blob(HttpExchange exchange, String name, String digest) throws IOException {
    Optional<Path> data;
    try {
      data = tree.hasLayer(name, digest) ? tree.blob(digest) : Optional.empty();
    } catch (IOException e) {
      throw new BrokenStorage(e);
    }
    if (data.isEmpty()) {
      fail(exchange, 404, "BLOB_UNKNOWN", "blob unknown to registry");
      return;
    }
    exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
    long length = Files.size(data.get());
    if (begin(exchange, 200, "application/octet-stream", length)) {
      try (OutputStream body = exchange.getResponseBody()) {
        Files.copy(data.get(), body);
      }
    }
  }

  private void tags(HttpExchange exchange, String name) throws IOException {
    Optional<List<String>> tags = tree.tags(name);
    if (tags.isEmpty()) {
      fail(exchange, 404, "NAME_UNKNOWN", "repository name not known to registry");
    } else {
      String body = "{\"name\":\"" + name + "\",\"tags\":" + array(tags.get()) + "}";
      send(exchange, 200, "application/json; charset=utf-8", body);
    }
  }

  private void catalog(HttpExchange exchange) throws IOException {
    String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
    Map<String, String> asked =
        QUERY
            .matcher(query)
            .results()
            .collect(Collectors.toMap(m -> m.group(1), m -> m.group(2), (a, b) -> b));
    String n = asked.getOrDefault("n", "");
    int most = n.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(n) : CATALOG_PAGE;
    String last = asked.getOrDefault("last", "");
    List<String> rest =
        tree.repositories().stream().filter(name -> name.compareTo(last) > 0).toList();
    List<String> page = rest.subList(0, Math.min(most, rest.size()));
    if (page.size() < rest.size()) {
      String next = "/v2/_catalog?last=" + page.get(page.size() - 1) + "&n=" + most;
      exchange.getResponseHeaders().set("Link", "<" + next + ">; rel=\"next\"");
    }
    String body = "{\"repositories\":" + array(page) + "}";
    send(exchange, 200, "application/json; charset=utf-8", body);
  }

  /** Names and tags hold no character that JSON would want escaped. */
  private static String array(List<String> names) {
    return names.stream()
        .collect(Collectors.joining("\",\"", "[\"", "\"]"))
        .replace("[\"\"]", "[]");
  }

  private static void fail(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    String safe = message.replaceAll("[\\\\\"\\p{Cntrl}]", "'");
    String body = "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + safe + "\"}]}";
    send(exchange, status, "application/json; charset=utf-8", body);
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    send(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    if (begin(exchange, status, type, body.length)) {
      exchange.getResponseBody().write(body);
    }
  }

  /** Sends the head of an answer; says whether a body is to follow. */
  private static boolean begin(HttpExchange exchange, int status, String type, long length)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean empty = length == 0 || exchange.getRequestMethod().equals("HEAD");
    if (empty) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
    }
    exchange.sendResponseHeaders(status, empty ? -1 : length);
    return !empty;
  }

  /** What lies in the storage is no registry's: distribution answers 500 then. */
  private static final class BrokenStorage extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenStorage(Exception cause) {
      super(cause.getMessage(), cause);
    }
  }
}
