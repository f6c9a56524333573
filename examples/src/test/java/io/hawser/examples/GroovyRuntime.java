package io.hawser.examples;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Groovy in a class loader of its own, since all versions share their class names. */
final class GroovyRuntime {
  /** What is tried: that of Jenkins, and one of each line that is still maintained. */
  static final List<String> VERSIONS = List.of("2.4", "4.0", "5.1", "6.0");

  private static final Map<String, URLClassLoader> LOADERS = new HashMap<>();

  private GroovyRuntime() {}

  /** Calls a method of a script in this version of Groovy. */
  static Object call(String version, String script, String method, Object... arguments)
      throws Exception {
    return call(loader(version), script, method, arguments);
  }

  /** Made once: a Groovy takes seconds to start. */
  private static synchronized URLClassLoader loader(String version) throws IOException {
    URLClassLoader known = LOADERS.get(version);
    if (known == null) {
      known = LibraryFolder.of("groovy-" + version).besideTests();
      LOADERS.put(version, known);
    }
    return known;
  }

  /** Calls a method of a script with these jars beside the tests' own. */
  static Object call(LibraryFolder jars, String script, String method, Object... arguments)
      throws Exception {
    try (URLClassLoader loader = jars.besideTests()) {
      return call(loader, script, method, arguments);
    }
  }

  private static Object call(
      URLClassLoader loader, String script, String method, Object... arguments) throws Exception {
    Class<?> shell = loader.loadClass("groovy.lang.GroovyShell");
    Object made = shell.getConstructor(ClassLoader.class).newInstance(loader);
    Object parsed = shell.getMethod("parse", String.class).invoke(made, script);
    try {
      return parsed
          .getClass()
          .getMethod("invokeMethod", String.class, Object.class)
          .invoke(parsed, method, arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError("the script failed: " + e.getCause(), e.getCause());
    }
  }
}
