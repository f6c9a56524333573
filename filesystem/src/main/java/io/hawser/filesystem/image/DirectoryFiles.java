package io.hawser.filesystem.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** An archive that lies unpacked in a directory. Links to files are not followed. */
record DirectoryFiles(Path directory) implements ArchiveFiles {
  @Override
  public Optional<FileSection> find(String name) throws IOException {
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new MalformedImage(MalformedImage.quoted(name) + " is no name of a file in it");
      }
    }
    Path file = directory.resolve(name);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(new FileSection(file, 0, Files.size(file)))
        : Optional.empty();
  }
}
