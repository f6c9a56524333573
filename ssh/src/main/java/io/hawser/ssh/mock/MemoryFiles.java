package io.hawser.ssh.mock;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a host that exists in memory only, for tests to lay out and to look at. Paths are
 * absolute and those that the host's system sees; links in them are followed as a system does.
 * Nobody owns a file and every file may be read.
 *
 * <p>A host starts with the directories of a Debian system and without files. Thread-safe.
 */
public final class MemoryFiles {
  private static final int MOST_LINKS = 40;

  private static final List<String> DIRECTORIES =
      ImmutableList.of("/etc/systemd/system", "/root", "/run", "/tmp", "/usr/bin", "/var/lib");

  private final TreeMap<String, MemoryNode> nodes = new TreeMap<>();

  MemoryFiles() {
    nodes.put("/", MemoryNode.directory(0755));
    DIRECTORIES.forEach(this::makeDirectory);
  }

  /** Whether anything stands at a path, be it a link that leads nowhere. */
  public boolean exists(CharSequence path) {
    return at(path.toString()) != null;
  }

  /** Whether a directory stands at a path, or a link to one. */
  public boolean isDirectory(CharSequence path) {
    MemoryNode node = behind(path.toString());
    return node != null && node.isDirectory();
  }

  /**
   * The content of a file as UTF-8.
   *
   * @throws IllegalArgumentException if there is no file
   */
  public String text(CharSequence path) {
    return new String(file(path).bytes(), StandardCharsets.UTF_8);
  }

  /**
   * The content of a file.
   *
   * @throws IllegalArgumentException if there is no file
   */
  public byte[] bytes(CharSequence path) {
    return file(path).bytes().clone();
  }

  /**
   * The permission bits of what stands at a path, for example {@code 0644}; a link's own.
   *
   * @throws IllegalArgumentException if there is nothing
   */
  public int mode(CharSequence path) {
    MemoryNode node = at(path.toString());
    if (node == null) {
      throw new IllegalArgumentException("there is nothing at " + path);
    }
    return node.mode();
  }

  /** What a link points at; empty when no link stands at the path. */
  public String linkTarget(CharSequence path) {
    MemoryNode node = at(path.toString());
    return node == null ? "" : node.target();
  }

  /** Writes a text as UTF-8, through links; a new file has mode 0644, missing parents are made. */
  public MemoryFiles write(CharSequence path, CharSequence text) {
    return write(path, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes, through links; a new file has mode 0644, missing parents are made. */
  public synchronized MemoryFiles write(CharSequence path, byte[] content) {
    String real = resolve(path.toString(), true);
    MemoryNode before = nodes.get(real);
    if (before != null && before.isDirectory()) {
      throw new IllegalArgumentException(path + " is a directory");
    }
    makeDirectory(parent(real));
    nodes.put(real, MemoryNode.file(before == null ? 0644 : before.mode(), content.clone()));
    return this;
  }

  /** Makes a directory with mode 0755 and its missing parents. */
  public synchronized MemoryFiles makeDirectory(CharSequence path) {
    String real = resolve(path.toString(), true);
    MemoryNode node = nodes.get(real);
    if (node != null && !node.isDirectory()) {
      throw new IllegalArgumentException(real + " is no directory");
    }
    if (node == null) {
      makeDirectory(parent(real));
      nodes.put(real, MemoryNode.directory(0755));
    }
    return this;
  }

  /** Makes a link, in place of a file or link; missing parents are made. */
  public synchronized MemoryFiles link(CharSequence path, CharSequence target) {
    String real = resolve(path.toString(), false);
    MemoryNode before = nodes.get(real);
    if (before != null && before.isDirectory()) {
      throw new IllegalArgumentException(path + " is a directory");
    }
    makeDirectory(parent(real));
    nodes.put(real, MemoryNode.link(target.toString()));
    return this;
  }

  /** Sets the permission bits of a file or directory, through links. */
  public synchronized MemoryFiles mode(CharSequence path, int mode) {
    MemoryNode node = behind(path.toString());
    if (node == null) {
      throw new IllegalArgumentException("there is nothing at " + path);
    }
    nodes.put(resolve(path.toString(), true), node.withMode(mode));
    return this;
  }

  /** Removes a file, a link, or a directory with all that is in it; nothing there is fine. */
  public synchronized MemoryFiles remove(CharSequence path) {
    String real = resolve(path.toString(), false);
    under(real).keySet().forEach(nodes::remove);
    if (!real.equals("/")) {
      nodes.remove(real);
    }
    return this;
  }

  /** The paths of all files and links, sorted; of directories only what is in them. */
  public List<String> paths() {
    return paths("/");
  }

  /** The paths of all files and links below a directory, sorted. */
  public synchronized List<String> paths(CharSequence directory) {
    return below(resolve(directory.toString(), true)).entrySet().stream()
        .filter(entry -> !entry.getValue().isDirectory())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether a command can start in a directory; a relative one is taken from root's home. */
  boolean canEnter(String directory) {
    try {
      return isDirectory(directory.startsWith("/") ? directory : "/root/" + directory);
    } catch (IllegalArgumentException e) {
      return false; // its links go round in circles
    }
  }

  private MemoryNode file(CharSequence path) {
    MemoryNode node = behind(path.toString());
    if (node == null || !node.isFile()) {
      throw new IllegalArgumentException("there is no file at " + path);
    }
    return node;
  }

  /** What stands at a path; a link itself. */
  synchronized @Nullable MemoryNode at(String path) {
    return nodes.get(resolve(path, false));
  }

  /** What stands at a path, or where the link there leads. */
  synchronized @Nullable MemoryNode behind(String path) {
    return nodes.get(resolve(path, true));
  }

  /** Puts a node into an existing directory, in place of what stood there. */
  synchronized void put(String path, MemoryNode node) {
    nodes.put(resolve(path, false), node);
  }

  /** Renames what stands at a path, with all that is in it, over a file or link. */
  synchronized void move(String from, String to) {
    String source = resolve(from, false);
    String goal = resolve(to, false);
    SortedMap<String, MemoryNode> children = under(source);
    MemoryNode node = nodes.remove(source);
    if (node == null) {
      throw new AgentFailure("cannot move " + from + ": it does not exist");
    }
    children.keySet().forEach(nodes::remove);
    nodes.put(goal, node);
    children.forEach((path, child) -> nodes.put(goal + path.substring(source.length()), child));
  }

  /** All that lies below a directory, by real path; a copy. */
  synchronized SortedMap<String, MemoryNode> below(String path) {
    return under(resolve(path, true));
  }

  private SortedMap<String, MemoryNode> under(String real) {
    String prefix = real.equals("/") ? "/" : real + "/";
    SortedMap<String, MemoryNode> found =
        nodes.subMap(prefix, false, prefix + Character.MAX_VALUE, false);
    return ImmutableSortedMap.copyOfSorted(found);
  }

  /** Where a path really leads: links in its parents are followed, and the last one if asked. */
  synchronized String resolve(String path, boolean last) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("\"" + path + "\" is not an absolute path");
    }
    Deque<String> todo = new ArrayDeque<>(List.of(path.split("/", -1)));
    String here = "";
    int followed = 0;
    while (!todo.isEmpty()) {
      String name = todo.pop();
      if (name.equals("..")) {
        here = here.substring(0, Math.max(0, here.lastIndexOf('/')));
      } else if (!name.isEmpty() && !name.equals(".")) {
        String next = here + "/" + name;
        MemoryNode node = nodes.get(next);
        if (node == null || !node.isLink() || (todo.isEmpty() && !last)) {
          here = next;
          continue;
        }
        if (++followed > MOST_LINKS) {
          throw new IllegalArgumentException(path + " leads through too many links");
        }
        here = node.target().startsWith("/") ? "" : here;
        ImmutableList.copyOf(node.target().split("/", -1)).reverse().forEach(todo::push);
      }
    }
    return here.isEmpty() ? "/" : here;
  }

  /** The directory that a path lies in. */
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }
}
