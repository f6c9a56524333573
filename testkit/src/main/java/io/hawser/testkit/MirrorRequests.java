package io.hawser.testkit;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import com.google.common.io.ByteStreams;
import io.hawser.CancelledException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the endpoints of a registry for one thing after the other, as containerd 1.6 does. */
final class MirrorRequests {
  private static final String MANIFESTS =
      "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json,"
          + " application/vnd.docker.distribution.manifest.list.v2+json,"
          + " application/vnd.docker.distribution.manifest.v2+json";

  private final NodeClients clients;
  private final MirrorList mirrors;
  private final HostsFile names;
  private final ImageReference image;
  private final Duration timeout;
  private final List<String> failures = new ArrayList<>();

  MirrorRequests(
      NodeClients clients,
      MirrorList mirrors,
      HostsFile names,
      ImageReference image,
      Duration timeout) {
    this.clients = clients;
    this.mirrors = mirrors;
    this.names = names;
    this.image = image;
    this.timeout = timeout;
  }

  /** What failed so far, without stopping the pull. */
  List<String> failures() {
    return failures;
  }

  /** The digest of a tag, from the first endpoint that knows it. */
  String resolve(String tag) throws IOException {
    for (MirrorList.Mirror mirror : mirrors.mirrors()) {
      if (mirror.capabilities().contains("resolve")) {
        Optional<HttpResponse<InputStream>> answer = ask(mirror, "HEAD", "manifests/" + tag);
        if (answer.isPresent()) {
          answer.get().body().close();
          Optional<String> digest = answer.get().headers().firstValue("Docker-Content-Digest");
          if (digest.isPresent()) {
            return digest.get();
          }
          failures.add(endpoint(answer.get().uri()) + " gave no digest of the tag " + tag);
        }
      }
    }
    throw failed("no endpoint resolves the tag");
  }

  /** Fetches a manifest or index. */
  Fetched manifest(String kind, String digest) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    PulledImage.Part part = fetch(kind, "manifests/" + digest, digest, kept);
    return new Fetched(part, kept.toString(StandardCharsets.UTF_8));
  }

  /** Fetches a blob and keeps nothing of it but the proof. */
  PulledImage.Part blob(String kind, String digest) throws IOException {
    return fetch(kind, "blobs/" + digest, digest, OutputStream.nullOutputStream());
  }

  private PulledImage.Part fetch(String kind, String path, String digest, OutputStream sink)
      throws IOException {
    for (MirrorList.Mirror mirror : mirrors.mirrors()) {
      if (mirror.capabilities().contains("pull")) {
        Optional<HttpResponse<InputStream>> answer = ask(mirror, "GET", path);
        if (answer.isPresent()) {
          return receive(kind, digest, answer.get(), sink);
        }
      }
    }
    throw failed("no endpoint serves the " + kind + " " + digest);
  }

  /**
   * Once an endpoint has answered 200, wrong or missing bytes end the pull: nobody else is asked.
   */
  private PulledImage.Part receive(
      String kind, String digest, HttpResponse<InputStream> answer, OutputStream sink) {
    String endpoint = endpoint(answer.uri());
    HashingOutputStream hashing = new HashingOutputStream(Hashing.sha256(), sink);
    long size;
    try (InputStream body = answer.body()) {
      size = ByteStreams.copy(body, hashing);
    } catch (IOException e) {
      throw failed(endpoint + " broke off the " + kind + " " + digest + ": " + e.getMessage());
    }
    String got = "sha256:" + hashing.hash();
    if (!got.equals(digest)) {
      throw failed(endpoint + " served wrong bytes for the " + kind + " " + digest + ": " + got);
    }
    return new PulledImage.Part(kind, digest, size, endpoint);
  }

  /** The answer of an endpoint if it is a success; else the failure is noted. */
  private Optional<HttpResponse<InputStream>> ask(
      MirrorList.Mirror mirror, String method, String path) throws IOException {
    String name = mirror.url().getHost();
    List<String> addresses = names.addresses(name);
    if (addresses.isEmpty()) {
      failures.add(mirror.url() + ": no address for " + name + " in the hosts file");
    }
    for (String address : addresses) {
      HttpRequest request = request(mirror, method, path, address);
      try {
        HttpResponse<InputStream> answer =
            clients.trusting(mirror.ca()).send(request, BodyHandlers.ofInputStream());
        if (answer.statusCode() == 200) {
          return Optional.of(answer);
        }
        answer.body().close();
        failures.add(endpoint(request.uri()) + " answered " + answer.statusCode() + " for " + path);
        return Optional.empty(); // the name was reached: its other addresses are not tried
      } catch (HttpConnectTimeoutException e) {
        failures.add(endpoint(request.uri()) + " cannot be reached");
      } catch (HttpTimeoutException e) {
        throw failed(endpoint(request.uri()) + " was reached but did not answer in " + timeout);
      } catch (IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        failures.add(endpoint(request.uri()) + ": " + why);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancelledException("pull of " + image.text() + " was interrupted", e);
      }
    }
    return Optional.empty();
  }

  private HttpRequest request(
      MirrorList.Mirror mirror, String method, String path, String address) {
    URI url = mirror.url();
    String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    String base = url.getScheme() + "://" + host + (url.getPort() < 0 ? "" : ":" + url.getPort());
    String prefix = url.getPath().replaceAll("/+$", "");
    boolean whole = mirror.bare() || prefix.endsWith("/v2");
    String query = url.getAuthority().equals(image.registry()) ? "" : "?ns=" + image.registry();
    String target =
        base + prefix + (whole ? "/" : "/v2/") + image.repository() + "/" + path + query;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(timeout)
            .header("Accept", path.startsWith("manifests/") ? MANIFESTS : "*/*");
    mirror.headers().forEach(request::setHeader);
    return request.build();
  }

  private PullException failed(String reason) {
    return new PullException(image.text(), reason, failures);
  }

  private static String endpoint(URI uri) {
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  /** A manifest that was fetched, with its text. */
  record Fetched(PulledImage.Part part, String text) {}
}
