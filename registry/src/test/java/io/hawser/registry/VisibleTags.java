package io.hawser.registry;

import com.google.common.hash.Hashing;
import io.hawser.json.JsonText;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Pulls every tag that a registry shows, with all its blobs, and checks every digest. */
final class VisibleTags {
  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;
  private final RegistrySettings settings;

  VisibleTags(String url, RegistrySettings settings) {
    this.url = url;
    this.settings = settings;
  }

  /** The tags, each of which could be pulled; throws at the first that could not. */
  Set<String> pullAll() throws IOException, InterruptedException {
    Set<String> pulled = new TreeSet<>();
    for (Object repository : list(get("/v2/_catalog", 200).body(), "repositories")) {
      HttpResponse<byte[]> tags = send("/v2/" + repository + "/tags/list");
      // A repository that has no tags yet is unknown.
      if (tags.statusCode() != 404) {
        for (Object tag : list(tags.body(), "tags")) {
          pull(repository.toString(), tag.toString());
          pulled.add(repository + ":" + tag);
        }
      }
    }
    return pulled;
  }

  private void pull(String repository, String tag) throws IOException, InterruptedException {
    HttpResponse<byte[]> manifest = get("/v2/" + repository + "/manifests/" + tag, 200);
    String digest = manifest.headers().firstValue("Docker-Content-Digest").orElse("");
    demand(digest, manifest.body(), repository + ":" + tag);
    String text = new String(manifest.body(), StandardCharsets.UTF_8);
    for (String blob : Manifest.parse(text).blobs()) {
      byte[] bytes = get("/v2/" + repository + "/blobs/sha256:" + blob, 200).body();
      demand("sha256:" + blob, bytes, repository + ":" + tag);
    }
  }

  private static void demand(String digest, byte[] bytes, String what) {
    if (!digest.equals("sha256:" + Hashing.sha256().hashBytes(bytes))) {
      throw new AssertionError(what + ": wrong bytes for " + digest);
    }
  }

  private static List<?> list(byte[] json, String field) {
    Object parsed = JsonText.parse(new String(json, StandardCharsets.UTF_8).strip());
    return ((Map<?, ?>) parsed).get(field) instanceof List<?> list ? list : List.of();
  }

  private HttpResponse<byte[]> get(String path, int status)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send(path);
    if (answer.statusCode() != status) {
      throw new AssertionError(
          path
              + " answers "
              + answer.statusCode()
              + " "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer;
  }

  private HttpResponse<byte[]> send(String path) throws IOException, InterruptedException {
    return RegistryProcess.send(client, "GET", url + path, Manifest.ACCEPT, Optional.of(settings));
  }

  /** Pulls all the time, until it is closed, which throws what went wrong. */
  Loop loop() {
    return new Loop();
  }

  /** Pulls in a thread of its own. */
  final class Loop implements AutoCloseable {
    private final AtomicInteger rounds = new AtomicInteger();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile boolean closed;

    private Loop() {
      new Thread(this::run, "pull loop").start();
    }

    private void run() {
      try {
        while (!closed) {
          pullAll();
          rounds.incrementAndGet();
        }
        end.complete(null);
      } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
        end.completeExceptionally(e);
      }
    }

    int rounds() {
      return rounds.get();
    }

    @Override
    public void close() {
      closed = true;
      end.join();
    }
  }
}
