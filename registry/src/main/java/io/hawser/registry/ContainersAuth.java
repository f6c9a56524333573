package io.hawser.registry;

import com.google.common.io.BaseEncoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an authentication file as of containers-auth.json(5). A mirror's credentials are looked up
 * by the mirror's own host and port, so each replica has an entry.
 */
final class ContainersAuth {
  private ContainersAuth() {}

  static String of(List<Endpoint> order) {
    List<String> entries = new ArrayList<>();
    for (Endpoint endpoint : order) {
      BasicLogin login = BasicLogin.of(endpoint);
      if (login != null) {
        String pair = login.username() + ":" + login.password().reveal();
        String encoded = BaseEncoding.base64().encode(pair.getBytes(StandardCharsets.UTF_8));
        String key = QuotedText.of("an endpoint", MirrorLocation.of(endpoint).authority());
        entries.add("    " + key + ": {\"auth\": \"" + encoded + "\"}");
      }
    }
    return "{\n  \"auths\": {\n" + String.join(",\n", entries) + "\n  }\n}\n";
  }
}
