package io.hawser.clusterfile;

import io.hawser.clusterfile.yaml.Position;
import io.hawser.clusterfile.yaml.YamlStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a file as a text, within the limits of what is read as YAML. */
final class ClusterfileText {
  private ClusterfileText() {}

  /** The text; empty, after a problem, when it cannot be read. */
  static String read(Path file, Problems problems) {
    String problem;
    try {
      // No character takes more than four bytes: what is larger need not be read to be refused.
      if (Files.size(file) <= 4L * YamlStream.MOST_CODE_POINTS) {
        return Files.readString(file);
      }
      problem = "the file is too large";
    } catch (CharacterCodingException e) {
      problem = "the file is not UTF-8";
    } catch (NoSuchFileException e) {
      problem = "there is no such file";
    } catch (IOException e) {
      problem = "cannot be read: " + e.getMessage();
    }
    problems.add(Position.WHOLE_FILE, "", problem);
    return "";
  }
}
