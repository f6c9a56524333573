package io.hawser.ssh.jsch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("N10 the formats of private keys")
@Timeout(120)
class KeyFormatsTest {
  private static final boolean ARGUMENTS_ARE_UTF8 =
      "UTF-8".equals(System.getProperty("sun.jnu.encoding"));

  @TempDir Path temp;

  @Test
  @DisplayName("N10 keys of ssh-keygen, in its own format and in PEM, plain and encrypted")
  void keysOfSshKeygen() throws Exception {
    for (String kind : List.of("-t rsa -b 2048", "-t ecdsa", "-t ecdsa -b 521", "-t ed25519")) {
      for (String word : List.of("", "right")) {
        accepted(keygen(kind, word), word);
      }
    }
    if (ARGUMENTS_ARE_UTF8) {
      accepted(keygen("-t ed25519", "gr\u00fcn \u20ac"), "gr\u00fcn \u20ac");
    }
    accepted(keygen("-t ed25519 -Z aes256-gcm@openssh.com", "right"), "right");
    for (String kind : List.of("-t rsa -b 2048", "-t ecdsa")) {
      for (String format : List.of("PEM", "PKCS8")) {
        accepted(keygen(kind + " -m " + format, ""), "");
        accepted(keygen(kind + " -m " + format, "right"), "right");
      }
    }
  }

  @Test
  @DisplayName("N10 keys of openssl, plain and encrypted")
  void keysOfOpenssl() throws Exception {
    for (String kind :
        List.of(
            "RSA -pkeyopt rsa_keygen_bits:2048",
            "EC -pkeyopt ec_paramgen_curve:P-256",
            "EC -pkeyopt ec_paramgen_curve:P-384",
            "ed25519")) {
      Path plain = openssl("genpkey -algorithm " + kind);
      accepted(plain, "");
      String convert = "pkcs8 -topk8 -in " + plain + " -passout pass:";
      accepted(openssl(convert + "right"), "right");
      if (ARGUMENTS_ARE_UTF8 && !kind.equals("ed25519")) {
        accepted(openssl(convert + "gr\u00fcn"), "gr\u00fcn");
      }
      assertThat(refusal(openssl(convert + "right -v2 camellia256"), "right"))
          .hasMessageContaining("cannot be decrypted")
          .hasMessageContaining("rewrite it with: ssh-keygen -p -f ");
    }
  }

  @Test
  @DisplayName("N10 keys of PuTTY")
  void keysOfPutty() throws Exception {
    KeyPair pair = ec("secp256r1");
    accepted(file(PuttyKey.text(pair, 2, "")), "");
    accepted(file(PuttyKey.text(pair, 3, "")), "");
    Path encrypted = file(PuttyKey.text(pair, 2, "right"));
    accepted(encrypted, "right");
    assertThat(refusal(encrypted, "wrong")).hasMessageContaining("cannot be decrypted");
    String cut = PuttyKey.text(pair, 2, "").replace("Private-Lines: 1", "Private-Lines: x");
    assertThat(refusal(file(cut), ""))
        .hasMessageContaining("puttygen ")
        .hasMessageContaining("-O private-openssh");
  }

  @Test
  @DisplayName("N10 keys of Java, which come without their public half")
  void keysOfJava() throws Exception {
    accepted(file(pkcs8(KeyPairGenerator.getInstance("Ed25519").generateKeyPair())), "");
    accepted(file(pkcs8(KeyPairGenerator.getInstance("RSA").generateKeyPair())), "");
    for (int i = 0; i < 20; i++) {
      accepted(file(pkcs8(KeyPairGenerator.getInstance("Ed25519").generateKeyPair())), "");
      accepted(file(pkcs8(ec("secp256r1"))), "");
    }
    accepted(file(pkcs8(ec("secp384r1"))), "");
    accepted(file(pkcs8(ec("secp521r1"))), "");
  }

  @Test
  @DisplayName("N10 what editors and copying do to a key does no harm")
  void whatEditorsDoDoesNoHarm() throws Exception {
    Path key = keygen("-t ecdsa -m PEM", "right");
    String text = Files.readString(key);
    for (String changed :
        List.of(
            text.replace("\n", "\r\n"),
            text.replace("\n", "\r"),
            "\ufeff" + text,
            text.strip(),
            "\n\n  " + text + "\n\n")) {
      accepted(file(changed), "right");
      assertThat(of(SshAccess.builder().keyData(Secret.of(changed)), "right")).isTrue();
    }
  }

  @Test
  @DisplayName("N10 weak and unknown kinds are refused by name")
  void weakAndUnknownKindsAreRefused() throws Exception {
    assertThat(refusal(keygen("-t rsa -b 1024", ""), ""))
        .hasMessageContaining("RSA key of 1024 bits")
        .hasMessageContaining("at least 2048");
    assertThat(refusal(openssl("ecparam -name secp256k1 -genkey -noout"), ""))
        .hasMessageContaining("of a curve that SSH does not know");
    assertThat(refusal(openssl("genpkey -algorithm ed448"), "").getMessage())
        .containsPattern("of another type|cannot be read");
    KeyPairGenerator dsa = KeyPairGenerator.getInstance("DSA");
    dsa.initialize(1024);
    assertThat(refusal(file(pkcs8(dsa.generateKeyPair())), "")).hasMessageContaining("a DSA key");
  }

  @Test
  @DisplayName("N10 every cut of a key is refused, and with a reason")
  void everyCutOfAKeyIsRefused() throws Exception {
    for (String kind : List.of("-t ed25519", "-t ecdsa -m PEM", "-t rsa -b 2048")) {
      String text = Files.readString(keygen(kind, ""));
      for (int length = 0; length < text.indexOf("-----END"); length += 37) {
        SshException refusal = refusal(file(text.substring(0, length)), "");
        assertThat(refusal.getMessage()).as(kind + length).matches("(?s).*(empty|read|damaged).*");
      }
    }
  }

  @Test
  @DisplayName("N10 public keys and certificates are no private keys")
  void publicKeysAndCertificatesAreNoPrivateKeys() throws Exception {
    Path key = keygen("-t ed25519", "");
    Path half = Path.of(key + ".pub");
    assertThat(refusal(half, "")).hasMessageContaining("public key; name the private one");
    Path pem = openssl("pkey -pubout -in " + keygen("-t ecdsa -m PEM", ""));
    assertThat(refusal(pem, "")).hasMessageContaining("public key");
    run("ssh-keygen", "-q", "-s", key.toString(), "-I", "me", half.toString());
    assertThat(refusal(Path.of(key + "-cert.pub"), "")).hasMessageContaining("is a certificate");

    SshAccess agent = SshAccess.builder().keyFile(half.toString()).agent(true).build();
    Host host = Host.at("10.0.0.1").ssh(agent).build();
    assertThat(io.hawser.ssh.jsch.PrivateKey.of(host)).isEmpty();
    assertThat(io.hawser.ssh.jsch.PrivateKey.publicKey(host).orElseThrow().fingerprint())
        .isEqualTo(run("ssh-keygen", "-lf", half.toString()).split(" ")[1]);
  }

  @Test
  @DisplayName("N10 N11 files that are none, or open to others")
  void filesThatAreNone() throws Exception {
    assertThat(refusal(temp, "")).hasMessageContaining("is a folder");
    assertThat(refusal(file(""), "")).hasMessageEndingWith("is empty");
    assertThat(refusal(file("\ufeff \r\n"), "")).hasMessageEndingWith("is empty");
    assertThat(refusal(file("x".repeat(300_000)), "")).hasMessageContaining("300000 bytes");
    Path open = keygen("-t ed25519", "");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(refusal(open, ""))
        .hasMessageContaining("open to others (rw-r-----); run: chmod 600 " + open);
  }

  private void accepted(Path file, String word) {
    assertThat(of(SshAccess.builder().keyFile(file.toString()), word)).as(file.toString()).isTrue();
    if (!word.isEmpty()) {
      assertThat(refusal(file, "")).hasMessageContaining("no passphrase is given");
      assertThat(refusal(file, "canary")).hasMessageContaining("cannot be decrypted");
    }
  }

  private static boolean of(SshAccess.Builder access, String word) {
    access.passphrase(word.isEmpty() ? null : Secret.of(word));
    Host host = Host.at("10.0.0.1").ssh(access.build()).build();
    return io.hawser.ssh.jsch.PrivateKey.of(host).isPresent();
  }

  private static SshException refusal(Path file, String word) {
    SshAccess.Builder access = SshAccess.builder().keyFile(file.toString());
    SshException refusal = catchThrowableOfType(SshException.class, () -> of(access, word));
    assertThat(refusal).as(file.toString()).isNotNull();
    assertThat(refusal.reason()).isEqualTo(Reason.CREDENTIAL);
    assertThat(refusal.getMessage()).contains(file.toString()).doesNotContain("canary");
    return refusal;
  }

  private static KeyPair ec(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  private static String pkcs8(KeyPair pair) {
    PrivateKey key = pair.getPrivate();
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
  }

  private Path keygen(String kind, String word) throws Exception {
    Path file = temp.resolve("key" + temp.toFile().list().length);
    List<String> words = new ArrayList<>(List.of("ssh-keygen", "-q", "-f", file.toString()));
    words.addAll(List.of(kind.split(" ")));
    words.addAll(List.of("-N", word));
    run(words.toArray(new String[0]));
    return file;
  }

  private Path openssl(String arguments) throws Exception {
    Path file = file("");
    List<String> words = new ArrayList<>(List.of("openssl"));
    words.addAll(List.of(arguments.split(" ")));
    words.addAll(List.of("-out", file.toString()));
    run(words.toArray(new String[0]));
    return file;
  }

  private Path file(String text) throws Exception {
    Path file = temp.resolve("key" + temp.toFile().list().length);
    Files.write(file, text.getBytes(UTF_8));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private static String run(String... command) throws Exception {
    Path program = Path.of("/usr/bin", command[0]);
    assumeTrue(Files.isExecutable(program), program + " is not installed");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
