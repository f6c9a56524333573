package io.hawser.ssh.hostkey;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A JVM of its own that learns keys as soon as a file says so; exit 0 if it learned all. */
final class LearningJvm {
  private LearningJvm() {}

  /**
   * Learns {@code count} keys of hosts {@code prefix0}, {@code prefix1} and so on.
   *
   * @param args known_hosts file, file to wait for, prefix, count
   */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> learned = new ArrayList<>();
      Files.createFile(Path.of(args[1] + "." + args[2]));
      for (int i = 0; i < 3000 && !Files.exists(Path.of(args[1])); i++) {
        Thread.sleep(10);
      }
      for (int i = 0; i < Integer.parseInt(args[3]); i++) {
        String name = args[2] + i;
        PublicKeyBlob key = TestKeys.ed25519(i);
        learned.add(
            pool.submit(
                () -> {
                  KnownKeys.read(List.of(file), name); // as the check does before it learns
                  return new KnownHostsFile(file).learn(List.of(file), name, key)
                      == KnownKeys.Verdict.KNOWN;
                }));
      }
      for (Future<Boolean> one : learned) {
        if (!one.get()) {
          System.exit(1);
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
