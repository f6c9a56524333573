package io.hawser.testkit;

import io.hawser.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code curl} does on an embedded host where the machine has neither curl nor wget: it
 * fetches one URL, told by a configuration ({@code url}, {@code user}, {@code header}, {@code
 * cacert}) on standard input. Options are passed over; a status from 400 on is a failure, as with
 * {@code -f}.
 */
final class FetchProgram {
  private static final Pattern SETTING = Pattern.compile("(url|user|header|cacert) = \"(.*)\"");
  private static final List<String> PLACES =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  private FetchProgram() {}

  /** Whether a host needs it. */
  static boolean isNeeded() {
    return PLACES.stream()
        .flatMap(place -> Stream.of(Path.of(place, "curl"), Path.of(place, "wget")))
        .noneMatch(Files::isExecutable);
  }

  /** Fetches. The words end with the configuration and the file that takes the body. */
  static Answer run(List<String> words) {
    Path body = Path.of(words.get(words.size() - 1));
    String config = words.get(words.size() - 2);
    Optional<String> url = setting(config, "url");
    if (url.isEmpty()) {
      return Answer.failed(2, "curl: an embedded host's takes its URL from -K - only");
    }
    HttpClient.Builder clients = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
    try {
      Optional<String> authorities = setting(config, "cacert");
      if (authorities.isPresent()) {
        clients.sslContext(PemTls.trusting(Files.readString(Path.of(authorities.get()))));
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url.get())).timeout(Duration.ofSeconds(60));
      setting(config, "header")
          .ifPresent(
              header -> {
                int colon = header.indexOf(':');
                request.header(header.substring(0, colon), header.substring(colon + 1).strip());
              });
      setting(config, "user")
          .map(Secret::of)
          .ifPresent(user -> request.header("Authorization", "Basic " + encoded(user)));
      HttpResponse<Path> answer =
          clients.build().send(request.build(), HttpResponse.BodyHandlers.ofFile(body));
      if (answer.statusCode() >= 400) {
        Files.delete(body);
        return Answer.failed(
            22, "curl: (22) The requested URL returned error: " + answer.statusCode());
      }
      return Answer.ok("");
    } catch (ConnectException e) {
      return Answer.failed(7, "curl: (7) Failed to connect to " + url.get());
    } catch (IOException | IllegalArgumentException e) {
      return Answer.failed(56, "curl: (56) " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.failed(56, "curl: interrupted");
    }
  }

  private static String encoded(Secret user) {
    return Base64.getEncoder().encodeToString(user.reveal().getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> setting(String config, String name) {
    return config
        .lines()
        .map(SETTING::matcher)
        .filter(line -> line.matches() && line.group(1).equals(name))
        .map(line -> line.group(2).replaceAll("\\\\(.)", "$1"))
        .findFirst();
  }
}
