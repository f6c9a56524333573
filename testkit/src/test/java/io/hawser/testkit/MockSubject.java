package io.hawser.testkit;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.Command;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.mock.Answer;
import io.hawser.ssh.mock.MockSsh;
import java.time.Duration;

/** A host in memory, which is told what a real one does by itself. */
final class MockSubject implements SshSubject {
  private static final String NAME = "10.0.0.1:2222";

  private final MockSsh ssh = MockSsh.create();
  private final Host host;

  MockSubject(String user) {
    SshAccess access =
        SshAccess.builder().user(user).port(2222).keyData(Secret.of("no key at all")).build();
    host = Host.at("10.0.0.1").ssh(access).build();
  }

  MockSsh ssh() {
    return ssh;
  }

  @Override
  public Host host() {
    return host;
  }

  @Override
  public SshClient client() {
    return ssh;
  }

  @Override
  public void does(Command command, Answer answer) {
    ssh.when(NAME, command.toString()).answers(answer);
  }

  @Override
  public void takes(Command command, Duration time) {
    ssh.when(NAME, command.toString()).delay(time);
  }

  @Override
  public void stop() {
    ssh.refuseConnection(NAME);
  }

  @Override
  public SshClient stranger() {
    return ssh.unknownHostKey(NAME).client();
  }

  @Override
  public SshClient deceived() {
    return ssh.changedHostKey(NAME).client();
  }

  @Override
  public Host lockedOut() {
    ssh.refuseLogin(NAME);
    return host;
  }

  @Override
  public Host silent() {
    ssh.unreachable(NAME);
    return host;
  }

  @Override
  public SshClient impatient() {
    return ssh.client();
  }

  @Override
  public void close() {
    ssh.close();
  }
}
