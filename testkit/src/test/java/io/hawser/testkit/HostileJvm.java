package io.hawser.testkit;

import com.jcraft.jsch.JSch;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException;
import io.hawser.ssh.jsch.SshClients;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A JVM in which somebody has set everything of JSch to the worst, by properties and by calls. */
final class HostileJvm {
  private static final String WEAK_KEX = "diffie-hellman-group1-sha1,diffie-hellman-group14-sha1";
  private static final String WEAK_KEYS = "ssh-rsa,ssh-dss";
  private static final String WEAK_CIPHERS = "aes128-cbc,3des-cbc,chacha20-poly1305@openssh.com";
  private static final String WEAK_MACS = "hmac-md5,hmac-sha1";

  private static final Map<String, String> PROPERTIES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("kex", WEAK_KEX),
              Map.entry("server_host_key", WEAK_KEYS),
              Map.entry("ca_signature_algorithms", WEAK_KEYS),
              Map.entry("client_pubkey", WEAK_KEYS),
              Map.entry("cipher", WEAK_CIPHERS),
              Map.entry("mac", WEAK_MACS),
              Map.entry("compression", "zlib"),
              Map.entry("lang", "tlh"),
              Map.entry("prefer_known_host_key_types", "no"),
              Map.entry("enable_strict_kex", "no"),
              Map.entry("enable_server_sig_algs", "no"),
              Map.entry("enable_ext_info_in_auth", "no"),
              Map.entry("enable_pubkey_auth_query", "no"),
              Map.entry("enable_auth_none", "no"),
              Map.entry("try_additional_pubkey_algorithms", "no"),
              Map.entry("preferred_authentications", "password"),
              Map.entry("check_ciphers", WEAK_CIPHERS),
              Map.entry("check_macs", "hmac-sha2-256"),
              Map.entry("check_kexes", "curve25519-sha256"),
              Map.entry("check_signatures", "ssh-ed25519"),
              Map.entry("fingerprint_hash", "md5"),
              Map.entry("max_auth_tries", "0"),
              Map.entry("host_certificate_to_key_fallback", "yes"),
              Map.entry("dhgex_min", "512"),
              Map.entry("dhgex_max", "1024"),
              Map.entry("dhgex_preferred", "1024")));

  private HostileJvm() {}

  /** What a login comes to in such a JVM: "in", or the reason and the message. */
  static String login(Host host, Path key, String policy, Path knownHosts) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    PROPERTIES.forEach((name, value) -> command.add("-Djsch." + name + "=" + value));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(HostileJvm.class.getName(), host.address()));
    command.addAll(List.of(host.ssh().user(), String.valueOf(host.ssh().port())));
    command.addAll(List.of(key.toString(), policy, knownHosts.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out.strip();
  }

  /** Logs in once and prints the outcome. */
  public static void main(String[] args) {
    setEverything();
    SshAccess access =
        SshAccess.builder().user(args[1]).port(Integer.parseInt(args[2])).keyFile(args[3]).build();
    Path knownHosts = Path.of(args[5]);
    HostKeyPolicy policy =
        args[4].equals("strict")
            ? HostKeyPolicy.strict(knownHosts)
            : HostKeyPolicy.acceptNew(knownHosts);
    try (SshClient client = SshClients.jsch().hostKeys(policy).build()) {
      client.run(Host.at(args[0]).ssh(access).build(), SshSteps.command("true")).orThrow();
      System.out.println("in");
    } catch (SshException e) {
      System.out.println(e.reason() + " " + e.getMessage());
    }
  }

  private static void setEverything() {
    JSch.setConfig("StrictHostKeyChecking", "no");
    JSch.setConfig("HashKnownHosts", "yes");
    JSch.setConfig("PreferredAuthentications", "none");
    JSch.setConfig("ClearAllForwardings", "no");
    JSch.setConfig("hmac-sha1", "no.such.Class"); // with which JSch would match hashed names
    for (String name :
        List.of(
            "curve25519-sha256",
            "ecdh-sha2-nistp256",
            "xdh",
            "dh",
            "sha-256",
            "sha-512",
            "aes128-gcm@openssh.com",
            "aes128-ctr",
            "hmac-sha2-256",
            "hmac-sha2-256-etm@openssh.com",
            "userauth.none",
            "userauth.publickey")) {
      JSch.setConfig(name, "com.jcraft.jsch.CipherNone");
    }
  }
}
