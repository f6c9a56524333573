package io.hawser.ssh.hostkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.JSchException;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** A host that shows keys, and a file of known ones. */
abstract class CheckedHostKeys {
  static final Exception OTHER = new JSchException("link lost");

  @TempDir Path temp;
  final AtomicInteger trusted = new AtomicInteger();

  int show(HostKeyCheck check, PublicKeyBlob key) {
    check.begin(trusted::incrementAndGet);
    return check.check("whatever JSch calls it", key.bytes());
  }

  static SshException refusal(HostKeyCheck check, Reason reason) {
    return refusal(check, OTHER, reason);
  }

  static SshException refusal(HostKeyCheck check, Throwable failure, Reason reason) {
    SshException refusal = check.refusal(failure).orElseThrow();
    assertThat(refusal.reason()).isEqualTo(reason);
    return refusal;
  }

  HostKeyCheck strict(String lines, int port) throws IOException {
    return new HostKeyCheck(HostKeyPolicy.strict(Files.writeString(file(), lines)), host(port));
  }

  Path file() {
    return temp.resolve("known_hosts");
  }

  static Host host(int port) {
    return Host.at("10.0.0.1").ssh(SshAccess.builder().port(port).build()).build();
  }

  static Host pinned(PublicKeyBlob key) {
    SshAccess access = SshAccess.builder().hostKeys(List.of(key.fingerprint())).build();
    return Host.at("10.0.0.1").ssh(access).build();
  }
}
