package io.hawser.template;

import java.util.Map;
import java.util.TreeMap;

/** Collects functions. */
final class FunctionTable {
  private final Map<String, Function> functions = new TreeMap<>();

  /**
   * @param signature a letter for each parameter, see {@link Function}; with a star behind the last
   *     if it is variadic, and a question mark at the end if nil is an ordinary argument
   */
  void add(String name, String signature, Function.Body body) {
    boolean takesNil = signature.endsWith("?");
    String types = takesNil ? signature.substring(0, signature.length() - 1) : signature;
    boolean variadic = types.endsWith("*");
    types = variadic ? types.substring(0, types.length() - 1) : types;
    functions.put(name, new Function(name, types, variadic, takesNil, body));
  }

  /**
   * Sprig has many functions twice: one that panics and one that returns an error, the same here.
   */
  void addBoth(String name, String signature, Function.Body body) {
    add(name, signature, body);
    add("must" + Character.toUpperCase(name.charAt(0)) + name.substring(1), signature, body);
  }

  Map<String, Function> functions() {
    return functions;
  }
}
