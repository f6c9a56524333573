package io.hawser.lab;

import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a script can name: the public types of exported packages, and what can be called there. */
final class ExportedApi {
  /**
   * A public method or constructor.
   *
   * @param type the exported type that has it
   * @param code it
   */
  record Call(Class<?> type, Executable code) {
    String name() {
      return code instanceof Method ? code.getName() : "new";
    }

    Type[] parameters() {
      return code.getGenericParameterTypes();
    }

    /** Whether the types of its parameters are those of a record's components. */
    boolean isOfRecord() {
      return type.isRecord() && !(code instanceof Method);
    }

    @Override
    public String toString() {
      return code.toGenericString();
    }
  }

  private ExportedApi() {}

  static List<Class<?>> types() {
    Set<String> exported = Library.exportedPackages();
    List<Class<?>> types =
        Library.classes().stream()
            .filter(type -> exported.contains(type.getPackageName()))
            .<Class<?>>map(type -> type.reflect())
            .filter(ExportedApi::isSeen)
            .toList();
    return types;
  }

  private static boolean isSeen(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && (type.getDeclaringClass() == null || isSeen(type.getDeclaringClass()));
  }

  static Stream<Method> methods(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic());
  }

  static Stream<Call> calls(Class<?> type) {
    return Stream.concat(
            methods(type),
            Arrays.stream(type.getConstructors()).filter(made -> !type.isAnonymousClass()))
        .map(code -> new Call(type, code));
  }

  /** An interface that a closure may stand for. */
  static boolean isFunctional(Class<?> type) {
    return type.isInterface()
        && !type.isAnnotation()
        && Arrays.stream(type.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .count()
            == 1;
  }

  /** What exported interfaces and exceptions answer with, and what can be got from that. */
  static Set<Class<?>> results(Collection<Class<?>> types) {
    Set<Class<?>> found = new LinkedHashSet<>();
    Deque<Class<?>> open = new ArrayDeque<>();
    types.stream()
        .filter(type -> type.getSimpleName().matches("Bootstrap|Filesystem|SshClient|Registry"))
        .forEach(open::add);
    types.stream().filter(Throwable.class::isAssignableFrom).forEach(open::add);
    Set<Class<?>> seen = new LinkedHashSet<>();
    while (!open.isEmpty()) {
      Class<?> type = open.remove();
      if (seen.add(type)) {
        methods(type)
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .map(Method::getGenericReturnType)
            .flatMap(ExportedApi::named)
            .filter(types::contains)
            .filter(answer -> answer != type || type.isRecord())
            .forEach(
                answer -> {
                  found.add(answer);
                  open.add(answer);
                });
      }
    }
    return found;
  }

  private static Stream<Class<?>> named(Type type) {
    if (type instanceof Class<?> plain) {
      return Stream.of(plain.isArray() ? plain.getComponentType() : plain);
    }
    if (type instanceof ParameterizedType parameterized) {
      return Arrays.stream(parameterized.getActualTypeArguments()).flatMap(ExportedApi::named);
    }
    return type instanceof WildcardType wildcard
        ? Arrays.stream(wildcard.getUpperBounds()).flatMap(ExportedApi::named)
        : Stream.empty();
  }
}
