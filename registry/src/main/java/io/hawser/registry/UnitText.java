package io.hawser.registry;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the files of Hawser's own systemd services. */
final class UnitText {
  private UnitText() {}

  /**
   * A service that waits for the network and starts with the system.
   *
   * @param kind what the service reads when it starts, for people
   * @param read its text: the digest in the comment changes with it, so that a changed one restarts
   *     the service
   * @param description one line
   * @param service the lines of the section Service
   */
  static String of(String kind, String read, String description, List<String> service) {
    return String.join(
        "\n",
        "# Written by Hawser. "
            + kind
            + ": sha256:"
            + Hashing.sha256().hashString(read, StandardCharsets.UTF_8),
        "[Unit]",
        "Description=" + description,
        "After=network-online.target",
        "Wants=network-online.target",
        "",
        "[Service]",
        String.join("\n", service),
        "",
        "[Install]",
        "WantedBy=multi-user.target",
        "");
  }
}
