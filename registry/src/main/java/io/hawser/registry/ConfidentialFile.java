package io.hawser.registry;

import io.hawser.host.FileChange;
import java.util.List;

/** A file that names endpoints: for root only as soon as one of them has credentials. */
final class ConfidentialFile {
  private ConfidentialFile() {}

  static FileChange of(String path, String text, List<Endpoint> endpoints) {
    return hasCredentials(endpoints) ? FileChange.secret(path, text) : FileChange.plain(path, text);
  }

  static boolean hasCredentials(List<Endpoint> endpoints) {
    return endpoints.stream().anyMatch(endpoint -> endpoint.authorization() != null);
  }
}
