package io.hawser.testkit;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;

/** The contract against the embedded server. */
class EmbeddedSshContractTest extends SshContract {
  @Override
  SshTarget startTarget() {
    TestKey key = new TestKey();
    EmbeddedSshServer server =
        EmbeddedSshServer.builder().address("127.0.0.12").authorizedKey(key.publicKey()).start();
    SshAccess access = SshAccess.builder().port(server.port()).keyData(key.privateText()).build();
    Host host = Host.at(server.address()).ssh(access).build();
    return new SshTarget() {
      @Override
      public Host host() {
        return host;
      }

      @Override
      public String knownHostsLine() {
        return server.knownHostsLine();
      }

      @Override
      public void stop() {
        server.stop();
      }

      @Override
      public void close() {
        server.close();
      }
    };
  }
}
