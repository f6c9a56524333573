package io.hawser.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.hawser.ssh.runner.Words;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out what a host lacks of a tree. */
final class TreeComparison implements ListingReader.Visitor {
  // So many names go to the host at once to be digested.
  private static final int CHOSEN = 100_000;

  private final AgentClient agent;
  private final String directory;
  private final FileTree tree;
  private final TreeDelta delta;
  private final OtherEntries others;
  private boolean unchanged;
  private boolean staging;
  private boolean relays;
  private TreeRoom.Free free = TreeRoom.Free.UNKNOWN;

  private TreeComparison(AgentClient agent, TreeChange change) {
    this.agent = agent;
    this.directory = change.path();
    this.tree = change.tree();
    this.delta = new TreeDelta(tree);
    this.others = new OtherEntries(delta.tree());
  }

  /**
   * Compares; when nothing was changed on the host since the same tree was put there, and the
   * change is content with that, nothing is listed and no file is read.
   */
  static TreeComparison of(AgentClient agent, TreeChange change, String token) {
    TreeComparison comparison = new TreeComparison(agent, change);
    boolean quick = change.check() == TreeChange.Check.QUICK;
    ListingReader.names(
        agent,
        change.path(),
        comparison,
        token,
        key(change.path()),
        quick ? comparison.fingerprint() : "-");
    if (!comparison.unchanged) {
      comparison.readFiles();
    }
    return comparison;
  }

  /** The name of a tree's mark. */
  static String key(String directory) {
    return Hashing.sha256().hashString(directory, UTF_8).toString().substring(0, 32);
  }

  /** Says whether a source is the same without reading it: a file by its size and time. */
  String fingerprint() {
    TreeColumns columns = tree.columns();
    Hasher hasher = Hashing.sha256().newHasher();
    PathTable.Cursor cursor = columns.paths().cursor();
    while (cursor.next()) {
      int index = cursor.index();
      hasher.putString(cursor.path(), UTF_8).putByte((byte) 0);
      hasher.putString(columns.type(index).name(), UTF_8).putInt(columns.mode(index));
      hasher.putLong(columns.size(index));
      hasher.putString(content(columns, index), UTF_8).putByte((byte) 0);
    }
    return hasher.hash().toString();
  }

  private static String content(TreeColumns columns, int index) {
    return switch (columns.type(index)) {
      case DIRECTORY -> "";
      case LINK -> columns.file(index).linkTarget();
      case FILE ->
          columns.stamp(index) == 0 ? columns.digest(index) : Long.toString(columns.stamp(index));
    };
  }

  private void readFiles() {
    List<String> some = new ArrayList<>();
    delta.eachUnread(
        path -> {
          some.add(path);
          if (some.size() == CHOSEN) {
            ListingReader.chosen(agent, directory, this, some);
            some.clear();
          }
        });
    if (!some.isEmpty()) {
      ListingReader.chosen(agent, directory, this, some);
    }
  }

  @Override
  public void entry(String path, TreeFile.@Nullable Type type, int mode, long size, String target) {
    if (!delta.found(path, type, mode, size, target)) {
      others.see(path);
    }
  }

  @Override
  public void digest(String path, String sha256) {
    delta.digested(path, sha256);
  }

  @Override
  public void unchanged() {
    unchanged = true;
  }

  @Override
  public void staging() {
    staging = true;
  }

  @Override
  public void relays() {
    relays = true;
  }

  @Override
  public void room(TreeRoom.Free there) {
    free = there;
  }

  /** How much was free before anything was sent. */
  TreeRoom.Free free() {
    return free;
  }

  /** Whether the tree lies there. */
  boolean isSame() {
    return unchanged || delta.isEmpty();
  }

  /** Whether that was seen without reading. */
  boolean isUnchanged() {
    return unchanged;
  }

  /** What else lies there, in words for people; empty when nothing does, or nothing was listed. */
  String others() {
    return Words.printable(others.sentence());
  }

  /** Whether an earlier transfer left something. */
  boolean hasStaging() {
    return staging;
  }

  /** Whether the host can pass files on. */
  boolean canRelay() {
    return relays;
  }

  TreeDelta delta() {
    return delta;
  }
}
