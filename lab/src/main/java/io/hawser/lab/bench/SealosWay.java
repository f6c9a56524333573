package io.hawser.lab.bench;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies a directory as sealos does: one SFTP connection per host, file after file under a name of
 * its own and then renamed, a write of 32 KiB at a time; nothing is compared and nothing verified.
 */
final class SealosWay {
  private SealosWay() {}

  static void copy(BenchHosts hosts, Path source, List<Host> targets, String target) {
    FanOut.map(
        targets,
        FanOut.DEFAULT_WIDTH,
        host -> {
          try {
            copy(hosts, source, host, host.root() + target);
            return host;
          } catch (Exception e) {
            throw new IllegalStateException(host + ": " + e, e);
          }
        });
  }

  private static void copy(BenchHosts hosts, Path source, Host host, String target)
      throws Exception {
    JSch jsch = new JSch();
    jsch.addIdentity(hosts.key().toString());
    jsch.setKnownHosts(hosts.knownHosts().toString());
    Session session = jsch.getSession("root", host.address(), 22);
    session.setConfig("StrictHostKeyChecking", "yes");
    session.connect(30_000);
    try (Stream<Path> files = Files.walk(source)) {
      ChannelSftp sftp = (ChannelSftp) session.openChannel("sftp");
      sftp.connect(30_000);
      sftp.setBulkRequests(1);
      for (Path file : (Iterable<Path>) files::iterator) {
        put(sftp, file, target + "/" + source.relativize(file));
      }
    } finally {
      session.disconnect();
    }
  }

  private static void put(ChannelSftp sftp, Path file, String place) throws Exception {
    if (Files.isDirectory(file)) {
      try {
        sftp.stat(place);
      } catch (SftpException e) {
        sftp.mkdir(place);
      }
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      sftp.put(in, place + ".tmp");
    }
    sftp.chmod(0644, place + ".tmp");
    sftp.rename(place + ".tmp", place);
  }
}
