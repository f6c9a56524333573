package io.hawser.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where shell scripts on this machine ask this JVM to do something, since a shell has no sockets.
 *
 * <p>The asking script writes {@code <id>.ask} (program and arguments, each ended by a NUL) into
 * its box, writes {@code <box> <id>} into the named pipe {@code requests}, and waits for {@code
 * <id>.code} to appear beside {@code <id>.out} and {@code <id>.err}. Many may ask at once. The pipe
 * is opened for reading and writing on both sides, so that nobody waits for the other to open it.
 */
final class Mailbox implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
  private static final String END = "end";

  /** Answers what one box is asked. */
  @FunctionalInterface
  interface Desk {
    Answer answer(String program, List<String> arguments);
  }

  private final Path directory;
  private final RandomAccessFile requests;
  private final Thread reader;
  private final ExecutorService clerks;
  private final Map<String, Desk> desks = new ConcurrentHashMap<>();

  private Mailbox(Path directory, RandomAccessFile requests) {
    this.directory = directory;
    this.requests = requests;
    this.clerks = Executors.newCachedThreadPool(work -> daemon(work, "embedded-hosts-clerk"));
    this.reader = daemon(this::read, "embedded-hosts-mailbox");
  }

  /** Opens a mailbox in a directory, which others must not be able to enter. */
  static Mailbox open(Path directory) {
    try {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      Path pipe = pipe(directory);
      Process made =
          new ProcessBuilder("mkfifo", "-m", "600", pipe.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (made.waitFor() != 0) {
        throw new IOException("mkfifo: " + said.strip());
      }
      Mailbox mailbox = new Mailbox(directory, new RandomAccessFile(pipe.toFile(), "rw"));
      mailbox.reader.start();
      return mailbox;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a mailbox was opened", e);
    }
  }

  static Path pipe(Path directory) {
    return directory.resolve("requests");
  }

  /** Opens a box; gives its directory. */
  Path box(String name, Desk desk) {
    try {
      Path box = Files.createDirectories(directory.resolve(name));
      desks.put(name, desk);
      return box;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try {
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        if (line.equals(END)) {
          return;
        }
        String request = line;
        clerks.execute(() -> serve(request));
      }
    } catch (IOException e) {
      LOG.warn("embedded hosts take no more requests", e);
    }
  }

  private void serve(String request) {
    int blank = request.indexOf(' ');
    String name = request.substring(0, Math.max(blank, 0));
    String id = request.substring(blank + 1);
    Desk desk = desks.get(name);
    if (desk == null || !id.matches("[0-9]+")) {
      LOG.warn("a request that is none: {}", request);
      return;
    }
    Path box = directory.resolve(name);
    try {
      String asked = Files.readString(box.resolve(id + ".ask"), StandardCharsets.UTF_8);
      List<String> words = List.of(asked.split("\0", -1));
      Answer answer = answer(desk, words.get(0), words.subList(1, words.size() - 1));
      Files.writeString(box.resolve(id + ".out"), answer.out());
      Files.writeString(box.resolve(id + ".err"), answer.err());
      Path code = Files.writeString(box.resolve(id + ".ready"), answer.code() + "\n");
      Files.move(code, box.resolve(id + ".code"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.debug("whoever asked is gone: {}", request, e);
    }
  }

  private static Answer answer(Desk desk, String program, List<String> arguments) {
    try {
      return desk.answer(program, arguments);
    } catch (RuntimeException e) {
      LOG.warn("{} {} failed", program, arguments, e);
      return Answer.failed(1, program + ": " + e);
    }
  }

  /** Takes no more requests and waits for those under way. */
  @Override
  public void close() {
    try {
      // A read of a pipe cannot be interrupted, and closing it would not wake the reader.
      requests.write((END + "\n").getBytes(StandardCharsets.US_ASCII));
      join(reader);
      clerks.shutdownNow();
      requests.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(5000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(@Nullable Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
