package io.hawser.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

/** Functions on paths with slashes, and on addresses. No file is looked at. */
final class PathFunctions {
  private PathFunctions() {}

  static void addTo(FunctionTable table) {
    for (String prefix : new String[] {"", "os"}) {
      add(table, prefix, "base", PathFunctions::base);
      add(table, prefix, "dir", PathFunctions::dir);
      add(table, prefix, "clean", PathFunctions::clean);
      add(table, prefix, "ext", PathFunctions::ext);
      table.add(named(prefix, "isAbs"), "s", a -> a.text(0).startsWith("/"));
    }
    table.add("ipNet", "s", a -> Addresses.network(a.text(0)));
    table.add("ipAt", "su", a -> Addresses.at(a.text(0), a.integer(1)));
  }

  private static void add(
      FunctionTable table, String prefix, String name, UnaryOperator<String> change) {
    table.add(
        named(prefix, name),
        "s",
        a -> {
          a.budget().make(a.text(0).length());
          return change.apply(a.text(0));
        });
  }

  private static String named(String prefix, String name) {
    return prefix.isEmpty()
        ? name
        : prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static String base(String path) {
    String text = GoText.trimEnd(path, '/');
    if (text.isEmpty()) {
      return path.isEmpty() ? "." : "/";
    }
    return text.substring(text.lastIndexOf('/') + 1);
  }

  private static String dir(String path) {
    return clean(path.substring(0, path.lastIndexOf('/') + 1));
  }

  private static String ext(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.contains(".") ? name.substring(name.lastIndexOf('.')) : "";
  }

  private static String clean(String path) {
    boolean rooted = path.startsWith("/");
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        if (!names.isEmpty() && !names.getLast().equals("..")) {
          names.removeLast();
        } else if (!rooted) {
          names.addLast(name);
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    String text = (rooted ? "/" : "") + String.join("/", names);
    return text.isEmpty() ? "." : text;
  }
}
