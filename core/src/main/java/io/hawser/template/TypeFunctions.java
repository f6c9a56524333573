package io.hawser.template;

import org.jspecify.annotations.Nullable;

/** Functions on types and versions. */
final class TypeFunctions {
  private TypeFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("typeOf", "a?", a -> typeOf(a.get(0)));
    table.add("typeIs", "sa?", a -> a.text(0).equals(typeOf(a.get(1))));
    table.add("typeIsLike", "sa?", TypeFunctions::isLike);
    table.add("kindOf", "a?", a -> kindOf(a.get(0)));
    table.add("kindIs", "sa?", a -> a.text(0).equals(kindOf(a.get(1))));
    table.add("deepEqual", "aa?", a -> GoValues.deepEqual(a.get(0), a.get(1), a.budget()));
    table.add("semver", "s", a -> Version.parse(a.text(0), 1));
    table.add(
        "semverCompare",
        "ss",
        a -> VersionRange.parse(a.text(0)).matches(Version.parse(a.text(1), 2)));
  }

  private static String typeOf(@Nullable Object value) {
    return value == null ? "<nil>" : GoValues.type(value);
  }

  private static boolean isLike(Arguments arguments) {
    String type = typeOf(arguments.get(1));
    return type.equals(arguments.text(0)) || type.equals("*" + arguments.text(0));
  }

  private static String kindOf(@Nullable Object value) {
    return value == null ? "invalid" : GoValues.kind(value);
  }
}
