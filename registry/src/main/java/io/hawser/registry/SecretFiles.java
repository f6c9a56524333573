package io.hawser.registry;

import io.hawser.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One file per secret. The text in the file is the secret itself, without a line end. */
final class SecretFiles implements ClusterSecrets {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ENTERS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_READS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path base;

  SecretFiles(Path base) {
    this.base = base.toAbsolutePath();
  }

  @Override
  public Optional<Secret> get(CharSequence cluster, CharSequence name) {
    Path file = file(cluster, name);
    try {
      return Optional.of(Secret.of(Files.readString(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw cannot("read", file, e);
    }
  }

  @Override
  public void put(CharSequence cluster, CharSequence name, Secret secret) {
    Path file = file(cluster, name);
    try {
      Path written = write(file, secret);
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw cannot("write", file, e);
    }
  }

  @Override
  public Secret putIfAbsent(CharSequence cluster, CharSequence name, Secret secret) {
    Path file = file(cluster, name);
    Optional<Secret> there = get(cluster, name);
    if (there.isPresent()) {
      return there.get();
    }
    try {
      Path written = write(file, secret);
      try {
        // Unlike a rename, a hard link never replaces what another controller just wrote.
        Files.createLink(file, written);
        return secret;
      } catch (FileAlreadyExistsException e) {
        return Secret.of(Files.readString(file));
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException e) {
      throw cannot("write", file, e);
    }
  }

  private static Path write(Path file, Secret secret) throws IOException {
    Path directory = file.resolveSibling("");
    Files.createDirectories(directory, OWNER_ENTERS);
    Path written = directory.resolve("." + file.getFileName() + "." + UUID.randomUUID());
    Files.createFile(written, OWNER_READS);
    try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      out.write(secret.reveal().getBytes(StandardCharsets.UTF_8));
      channel.force(true);
    }
    return written;
  }

  private Path file(CharSequence cluster, CharSequence name) {
    return base.resolve(checked(cluster, "[a-z0-9-]+"))
        .resolve("secrets")
        .resolve(checked(name, "[a-z-]+"));
  }

  private static String checked(CharSequence name, String grammar) {
    String text = name.toString();
    if (!text.matches(grammar)) {
      throw new IllegalArgumentException(
          "\"" + text + "\" cannot be the name of a file of secrets");
    }
    return text;
  }

  private static RegistryException cannot(String verb, Path file, IOException cause) {
    return new RegistryException(
        "cannot " + verb + " the secret " + file + ": " + cause, List.of(), cause);
  }
}
