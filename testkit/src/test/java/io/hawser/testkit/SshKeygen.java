package io.hawser.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keys and certificates made by OpenSSH itself. */
final class SshKeygen {
  private final Path folder;

  SshKeygen(Path folder) {
    this.folder = folder;
  }

  /** Makes a key without a passphrase. */
  Path key(String name, String... kind) throws Exception {
    Path file = folder.resolve(name);
    List<String> words = new ArrayList<>(List.of("-q", "-N", "", "-C", "", "-f", file.toString()));
    words.addAll(List.of(kind));
    run(words);
    return file;
  }

  /**
   * Signs a copy of the key's public half.
   *
   * @return the certificate
   */
  Path certificate(Path ca, Path key, String name, String... how) throws Exception {
    Path copy = Files.copy(Path.of(key + ".pub"), folder.resolve(name + ".pub"));
    List<String> words = new ArrayList<>(List.of("-q", "-s", ca.toString(), "-I", name));
    words.addAll(List.of(how));
    words.add(copy.toString());
    run(words);
    return folder.resolve(name + "-cert.pub");
  }

  /** Type and key of a public half, or of a certificate. */
  static String line(Path file) throws IOException {
    Path half = file.toString().endsWith(".pub") ? file : Path.of(file + ".pub");
    String[] words = Files.readString(half).strip().split(" ");
    return words[0] + " " + words[1];
  }

  /** The fingerprint that ssh-keygen prints of a public half. */
  static String fingerprint(Path key) throws Exception {
    return run(List.of("-l", "-f", key + ".pub")).split(" ")[1];
  }

  static String run(List<String> arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of("ssh-keygen"));
    words.addAll(arguments);
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(words + ": " + out);
    }
    return out;
  }
}
