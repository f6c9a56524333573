package io.hawser.testkit;

import io.hawser.ssh.SshException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** The contract against hosts in memory. */
@Timeout(60)
class MockSshContractTest implements SshClientContract, SshSudoContract {
  private final MockSubject subject = new MockSubject("root");

  @Override
  public SshSubject subject() {
    return subject;
  }

  @Override
  public SshSubject sudoSubject() {
    return new MockSubject("deploy");
  }

  @Override
  public void refuseSudo(SshSubject refused) {
    ((MockSubject) refused).ssh().fail("10.0.0.1", Reason.SUDO_NOT_ALLOWED);
  }

  @AfterEach
  void close() {
    subject.close();
  }
}
