package io.hawser.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.ssh.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Streams steps of a tree as a tar archive and digests each file on its way. The list of its files
 * comes first, as a file of its own.
 */
final class TreeArchive implements Input {
  /** What the names of lists begin with, as all that is not of the tree. */
  static final String PREFIX = ".hawser-stage-";

  /** Below it the digests take no time worth a process that looks at what arrives. */
  private static final long WORTH_DIGESTING = 8 << 20;

  /** What is left to be digested when the last file has arrived is about such a part. */
  private static final int SHARES = 16;

  private static final int MOST_TOGETHER = 128;

  private final String list;
  private final List<TreeStep> steps;
  private final SentFiles sent;

  /**
   * An archive.
   *
   * @param list the name of the list of files
   */
  TreeArchive(String list, List<TreeStep> steps, SentFiles sent) {
    this.list = list;
    this.steps = steps;
    this.sent = sent;
  }

  /**
   * How many files one process of the host digests while others arrive; 0 when it begins after the
   * last: the host is told the names by its tar, one a line.
   */
  static int digestedTogether(List<TreeStep> steps, long bytes) {
    boolean plain =
        bytes >= WORTH_DIGESTING
            && steps.stream()
                .allMatch(
                    step ->
                        step.type() != TreeFile.Type.LINK
                            && WireField.encode(step.path()).equals(step.path()));
    long files = steps.stream().filter(TreeStep::isFile).count();
    return plain ? (int) Math.min(MOST_TOGETHER, 1 + files / SHARES) : 0;
  }

  @Override
  public void writeTo(OutputStream stream) throws IOException {
    // The stream stays open: it is the caller's.
    @SuppressWarnings("resource")
    TarArchiveOutputStream tar = new TarArchiveOutputStream(stream, 32 * 1024, UTF_8.name());
    // Long names and sizes in the way of GNU: every tar reads it, that of busybox nothing else.
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    writeList(tar);
    for (TreeStep step : steps) {
      write(step, tar);
    }
    tar.finish();
    stream.flush();
  }

  private void writeList(TarArchiveOutputStream tar) throws IOException {
    StringBuilder names = new StringBuilder();
    for (TreeStep step : steps) {
      if (step.isFile()) {
        names.append("./").append(step.staged()).append('\0');
      }
    }
    byte[] content = names.toString().getBytes(UTF_8);
    TarArchiveEntry entry = entry(list, TarConstants.LF_NORMAL);
    entry.setMode(0600);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private void write(TreeStep step, TarArchiveOutputStream tar) throws IOException {
    TarArchiveEntry entry =
        switch (step.type()) {
          case FILE -> entry(step.staged(), TarConstants.LF_NORMAL);
          case DIRECTORY -> entry(step.staged() + "/", TarConstants.LF_DIR);
          case LINK -> entry(step.staged(), TarConstants.LF_SYMLINK);
        };
    entry.setMode(step.mode());
    if (step.isFile()) {
      entry.setSize(step.size());
      tar.putArchiveEntry(entry);
      sent.copy(step, tar);
    } else {
      if (step.type() == TreeFile.Type.LINK) {
        entry.setLinkName(step.file().linkTarget());
      }
      tar.putArchiveEntry(entry);
    }
    tar.closeArchiveEntry();
  }

  private static TarArchiveEntry entry(String name, byte type) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setIds(0, 0);
    entry.setNames("", "");
    return entry;
  }
}
