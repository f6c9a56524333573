package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.Maps;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.jsch.SshClients;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same known_hosts files given to Hawser and to ssh: both say the same and learn the same, but
 * for the cases that are named here as stricter.
 */
@DisplayName("N14 N12 N13 known_hosts files mean what they mean to OpenSSH")
@Timeout(300)
class OpenSshVerdictTest {
  private static final String ADDRESS = "127.0.0.77";

  /** Where Hawser trusts less than OpenSSH 9.2, with what Hawser says. All in docs/design. */
  private static final Map<String, String> STRICTER =
      Map.of(
          "accept-new: revoked for the bare address only", "refused",
          "accept-new: revoked for the bare address", "refused",
          "yes: revoked for the bare address", "refused",
          "accept-new: revoked with a tab", "refused",
          "yes: revoked with a tab", "refused");

  private static final Pattern ALL = Pattern.compile(".*");
  private static final Pattern FEW =
      Pattern.compile("authority|.*of others|.*its key|.*another key|revoked.*(known|other).*");

  @TempDir static Path temp;
  private static SshKeygen keygen;
  private static Path user;
  private static Path hostKey;
  private static Path ca;
  private static Map<String, String> words;

  @BeforeAll
  static void makeKeys() throws Exception {
    assumeTrue(Files.isExecutable(OpenSshServer.SSHD), "sshd is not installed");
    keygen = new SshKeygen(temp);
    user = keygen.key("user", "-t", "ed25519");
    hostKey = keygen.key("host", "-t", "ed25519");
    ca = keygen.key("ca", "-t", "ed25519");
    words = new LinkedHashMap<>();
    words.put("CA2", SshKeygen.line(keygen.key("ca2", "-t", "ecdsa")));
    words.put("CA", SshKeygen.line(ca));
    words.put("KEY", SshKeygen.line(hostKey));
    words.put("OTHER", SshKeygen.line(keygen.key("other", "-t", "ed25519")));
    words.put("RSA", SshKeygen.line(keygen.key("rsa", "-t", "rsa", "-b", "2048")));
    words.put("EC", SshKeygen.line(keygen.key("ec", "-t", "ecdsa")));
    words.put("CUT", SshKeygen.line(hostKey).substring(0, 40));
    words.put("BASE64", SshKeygen.line(hostKey).split(" ")[1]);
    Path good = keygen.certificate(ca, hostKey, "good", "-h", "-n", "x," + ADDRESS, "-V", "+1h");
    words.put("CERT", SshKeygen.line(good));
  }

  @BeforeEach
  void cleanFolder() throws IOException {
    Files.createDirectories(temp.resolve("files"));
  }

  @Test
  @DisplayName("N14 of a server with a plain key")
  void ofAServerWithAPlainKey() throws Exception {
    try (SshDaemon server = server("plain", List.of("HostKey " + hostKey))) {
      compare(server, KnownHostsCases.plain(server.name(), ADDRESS), STRICTER);
    }
  }

  @Test
  @DisplayName("N14 of a server with a certificate")
  void ofAServerWithACertificate() throws Exception {
    certificate("good", Map.of(), ALL);
  }

  @Test
  @DisplayName("N14 of a server whose certificate is expired, early, for others or for users")
  void ofAServerWithABadCertificate() throws Exception {
    keygen.certificate(ca, hostKey, "expired", "-h", "-n", ADDRESS, "-V", "-2h:-1h");
    keygen.certificate(ca, hostKey, "early", "-h", "-n", ADDRESS, "-V", "+1h:+2h");
    keygen.certificate(ca, hostKey, "elsewhere", "-h", "-n", "10.0.0.1,127.0.0.7,1" + ADDRESS);
    keygen.certificate(ca, hostKey, "users", "-n", ADDRESS);
    for (String name : List.of("expired", "early", "elsewhere")) {
      certificate(name, notLearned(), name.equals("expired") ? ALL : FEW);
    }
    Map<String, String> differ = notLearned();
    differ.put("accept-new: authority of others", "refused");
    certificate("users", differ, FEW);
  }

  @Test
  @DisplayName("N14 of a server whose certificate names nobody")
  void ofAServerWhoseCertificateNamesNobody() throws Exception {
    keygen.certificate(ca, hostKey, "nobody", "-h");
    Map<String, String> differ = notLearned();
    differ.keySet().stream().toList().forEach(what -> differ.put(strict(what), "refused"));
    differ.put("yes: authority and another key", "refused");
    differ.put("accept-new: authority and another key", "refused");
    certificate("nobody", differ, ALL);
  }

  private static String strict(String what) {
    return what.replace("accept-new", "yes");
  }

  /** OpenSSH takes the plain key of a host that shows a bad certificate of a known authority. */
  private static Map<String, String> notLearned() {
    Map<String, String> differ = new LinkedHashMap<>();
    for (String what :
        List.of(
            "authority",
            "authority by pattern",
            "authority for all",
            "authority for the bare address",
            "authority hashed",
            "authority in a list",
            "revoked other authority",
            "two authorities")) {
      differ.put("accept-new: " + what, "refused");
    }
    return differ;
  }

  private void certificate(String name, Map<String, String> differ, Pattern which)
      throws Exception {
    List<String> config =
        List.of("HostKey " + hostKey, "HostCertificate " + temp.resolve(name + "-cert.pub"));
    try (SshDaemon server = server(name, config)) {
      Map<String, String> cases = KnownHostsCases.certificates(server.name(), ADDRESS);
      cases.keySet().removeIf(what -> !which.matcher(what).matches());
      Map<String, String> different = new LinkedHashMap<>(differ);
      different.keySet().removeIf(what -> !cases.containsKey(what.replaceFirst(".*: ", "")));
      compare(server, cases, different);
    }
  }

  private static SshDaemon server(String name, List<String> config) throws Exception {
    return new SshDaemon(temp.resolve("sshd-" + name), ADDRESS, user, config);
  }

  /** Asks both for every case; the cases run a few at a time. */
  private void compare(SshDaemon server, Map<String, String> cases, Map<String, String> stricter)
      throws Exception {
    Map<String, String> hawser = new TreeMap<>();
    Map<String, String> openSsh = new TreeMap<>();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      Map<String, Future<String>> work = new TreeMap<>();
      int number = 0;
      for (Map.Entry<String, String> each : cases.entrySet()) {
        for (String mode : List.of("yes", "accept-new")) {
          String what = mode + ": " + each.getKey();
          String base = "files/" + server.port() + "-" + number++;
          List<Path> mine = write(base + "h", each.getValue());
          List<Path> theirs = write(base + "o", each.getValue());
          if (mode.equals("yes") || mine.size() == 1) {
            work.put("h" + what, pool.submit(() -> askHawser(server, mode, mine)));
            work.put("o" + what, pool.submit(() -> askSsh(server, mode, theirs)));
          }
        }
      }
      for (Map.Entry<String, Future<String>> each : work.entrySet()) {
        String what = each.getKey().substring(1);
        (each.getKey().startsWith("h") ? hawser : openSsh).put(what, each.getValue().get());
      }
    } finally {
      pool.shutdownNow();
      assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
    stricter.forEach(
        (what, verdict) -> {
          assertThat(openSsh.put(what, verdict)).as(what).isNotNull().isNotEqualTo(verdict);
        });
    assertThat(Maps.difference(openSsh, hawser).entriesDiffering()).isEmpty();
    assertThat(hawser).hasSameSizeAs(openSsh);
  }

  private static List<Path> write(String base, String text) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String part : text.split("----\n", -1)) {
      for (Map.Entry<String, String> word : words.entrySet()) {
        part = part.replaceAll("\\b" + word.getKey() + "\\b", word.getValue());
      }
      Path file = temp.resolve(base + files.size());
      files.add(Files.write(file, part.getBytes(StandardCharsets.ISO_8859_1)));
    }
    return files;
  }

  private static String askHawser(SshDaemon server, String mode, List<Path> files)
      throws IOException {
    HostKeyPolicy policy =
        mode.equals("yes")
            ? HostKeyPolicy.strict(files.toArray(new Path[0]))
            : HostKeyPolicy.acceptNew(files.get(0));
    Host host = server.host(SshAccess.builder().keyFile(user.toString()));
    byte[] before = Files.readAllBytes(files.get(0));
    try (SshClient client = SshClients.jsch().hostKeys(policy).build()) {
      client.run(host, SshSteps.command("true")).orThrow();
      return "accepted" + learned(before, files.get(0));
    } catch (SshException e) {
      assertThat(e.reason())
          .as(e.getMessage())
          .isIn(Reason.UNKNOWN_HOST_KEY, Reason.CHANGED_HOST_KEY);
      return "refused" + learned(before, files.get(0));
    }
  }

  private static String askSsh(SshDaemon server, String mode, List<Path> files) throws Exception {
    List<String> command = new ArrayList<>(List.of("ssh", "-F", "none", "-i", user.toString()));
    String all = String.join(" ", files.stream().map(Path::toString).toList());
    for (String option :
        List.of(
            "BatchMode=yes",
            "IdentitiesOnly=yes",
            "IdentityAgent=none",
            "UpdateHostKeys=no",
            "GlobalKnownHostsFile=/dev/null",
            "UserKnownHostsFile=" + all,
            "StrictHostKeyChecking=" + mode)) {
      command.addAll(List.of("-o", option));
    }
    command.addAll(List.of("-p", String.valueOf(server.port()), ADDRESS, "true"));
    byte[] before = Files.readAllBytes(files.get(0));
    Process process =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean in = process.waitFor() == 0;
    assertThat(in || out.contains("Host key verification failed")).as(out).isTrue();
    return (in ? "accepted" : "refused") + learned(before, files.get(0));
  }

  /** What was added to the file; nothing else of it may change. */
  private static String learned(byte[] before, Path file) throws IOException {
    byte[] after = Files.readAllBytes(file);
    assertThat(Arrays.copyOf(after, before.length)).isEqualTo(before);
    String added =
        new String(after, before.length, after.length - before.length, StandardCharsets.UTF_8);
    if (added.isEmpty()) {
      return "";
    }
    String expected = words.get("KEY") + "\n";
    assertThat(added).matches("\n?\\[127.0.0.77]:\\d+ .*\n").endsWith(expected);
    return " and learned it";
  }
}
