package io.hawser.lab.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Asks a registry as the distribution specification says. */
public final class RegistryClient {
  private final HttpClient client = HttpClient.newHttpClient();
  private final String authority;
  private final String login;

  /** Asks there, with {@code user:password} or, when that is empty, as nobody. */
  RegistryClient(String authority, String login) {
    this.authority = authority;
    this.login = login;
  }

  /** Sends GET with headers: name, value and so on. */
  public HttpResponse<byte[]> get(String path, String... headers) {
    return send("GET", path, headers);
  }

  /** Sends HEAD. */
  public HttpResponse<byte[]> head(String path, String... headers) {
    return send("HEAD", path, headers);
  }

  /** Sends any method without a body. */
  public HttpResponse<byte[]> send(String method, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + authority + "/v2/" + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (!login.isEmpty()) {
      byte[] bytes = login.getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + path + " was asked for", e);
    }
  }
}
