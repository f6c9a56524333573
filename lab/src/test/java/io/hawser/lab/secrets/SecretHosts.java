package io.hawser.lab.secrets;

import io.hawser.lab.hosts.Lab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Three hosts, each with another kind of login: on the first root with an encrypted key, on the
 * second a user whose password is sudo's too, on the third root with a password.
 */
public final class SecretHosts {
  private static final String MARKER = "/run/canary-marker";

  private final Lab lab;
  private final Path key;

  public final Canary passphrase = Canary.plain("passphrase");
  public final Canary wrongPassphrase = Canary.plain("wrong passphrase");
  public final Canary sudoPassword = Canary.odd("password of a sudo user");
  public final Canary wrongSudoPassword = Canary.odd("wrong password of a sudo user");
  public final Canary rootPassword = Canary.odd("password of root");
  public final Canary wrongRootPassword = Canary.odd("wrong password of root");
  public final Canary registryPassword = Canary.odd("registryPassword");

  /** Makes users and keys; what is done for that shows the secrets. */
  public SecretHosts(Lab lab, Path directory) throws IOException {
    this.lab = lab;
    this.key = directory.resolve("canary-key");
    lab.exec("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "canary", "-f", key.toString())
        .ok();
    Files.copy(key, directory.resolve("canary-key.plain"));
    lab.exec("ssh-keygen", "-q", "-p", "-P", "", "-N", passphrase.value(), "-f", key.toString())
        .ok();
    String line = Files.readString(Path.of(key + ".pub")).strip();
    lab.on(1, "echo '" + line + "' >>/root/.ssh/authorized_keys").ok();
    lab.on(
            2,
            "useradd -m -s /bin/bash deploy && echo 'deploy ALL=(ALL:ALL) ALL'"
                + " >/etc/sudoers.d/deploy && install -d -m 700 -o deploy /home/deploy/.ssh"
                + " && echo '"
                + line
                + "' >/home/deploy/.ssh/authorized_keys")
        .ok();
    setPassword(2, "deploy", sudoPassword);
    setPassword(3, "root", rootPassword);
    for (int host = 1; host <= lab.size(); host++) {
      lab.on(host, "touch " + MARKER).ok();
    }
  }

  private void setPassword(int host, String user, Canary password) {
    String entry = user + ":" + password.value();
    String wire = Base64.getEncoder().encodeToString(entry.getBytes(StandardCharsets.UTF_8));
    lab.on(host, "echo " + wire + " | base64 -d | chpasswd").ok();
  }

  /** All secrets that are given to Hawser. */
  public List<Canary> given() throws IOException {
    List<Canary> all = new ArrayList<>();
    all.addAll(List.of(passphrase, wrongPassphrase, sudoPassword, wrongSudoPassword));
    all.addAll(List.of(rootPassword, wrongRootPassword, registryPassword));
    List<String> lines = Files.readAllLines(key);
    // The first lines hold the public key, and what says how the rest is encrypted.
    for (int i = lines.size() - 4; i < lines.size() - 1; i++) {
      all.add(Canary.of("private key, encrypted, line " + i, lines.get(i)));
    }
    byte[] seed = seed();
    all.add(Canary.of("private key", seed));
    all.add(Canary.of("private key, first half", Arrays.copyOf(seed, 16)));
    return all;
  }

  /** The 32 bytes that are the secret of an Ed25519 key, before the second copy of the public. */
  private byte[] seed() throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of(key + ".pub").resolveSibling("canary-key.plain"));
    byte[] file = Base64.getDecoder().decode(String.join("", lines.subList(1, lines.size() - 1)));
    String all = new String(file, StandardCharsets.ISO_8859_1);
    String publicLine = Files.readString(Path.of(key + ".pub")).split(" ")[1];
    byte[] blob = Base64.getDecoder().decode(publicLine);
    String publicKey = new String(blob, blob.length - 32, 32, StandardCharsets.ISO_8859_1);
    int end = all.lastIndexOf(publicKey);
    return Arrays.copyOfRange(file, end - 32, end);
  }

  /** The {@code ssh} of host 1 in a Clusterfile, with a passphrase. */
  public String keyLogin(Canary phrase) throws IOException {
    String text = String.join("\\n", Files.readAllLines(key)) + "\\n";
    return "{pkData: \"" + text + "\", pkPasswd: " + quoted(phrase.value()) + "}";
  }

  /** The {@code ssh} of a host in a Clusterfile, with a password. */
  public static String passwordLogin(String user, Canary password) {
    return "{user: " + user + ", passwd: " + quoted(password.value()) + "}";
  }

  /** The {@code ssh} of host 2 in a Clusterfile: a key that is let in, and a wrong password. */
  public String wrongSudo() throws IOException {
    return keyLogin(passphrase)
        .replace("{", "{user: deploy, passwd: " + quoted(wrongSudoPassword.value()) + ", ");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** The registry's password as an item of {@code env}. */
  public String registryEnv() {
    return quoted("registryPassword=" + registryPassword.value());
  }

  /** What a user of a host can read of the files that came since the hosts were prepared. */
  public String newFiles(int host, String user) {
    return lab.on(
            host,
            "id -u "
                + user
                + " >/dev/null 2>&1 || exit 0\n"
                + "cd / && setpriv --reuid=$(id -u U) --regid=$(id -g U) --clear-groups"
                    .replace("U", user)
                + " find / /run /var/lib/containerd /dev/shm -xdev -type f -cnewer "
                + MARKER
                + " -size -512k -readable -exec sh -c"
                + " 'for f; do echo \"== $f\"; cat \"$f\"; done' sh {} + 2>/dev/null || true")
        .ok()
        .output();
  }
}
