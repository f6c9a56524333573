package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.lab.ExportedApi.Call;
import java.io.Closeable;
import java.io.Serializable;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What Groovy and Jenkins cannot call does not come into the public API. What reflection does not
 * see is tried by {@code GroovyTest} of the examples, with the same numbers.
 */
class GroovyRulesTest {
  private static final List<Class<?>> TYPES = ExportedApi.types();

  @Test
  @DisplayName("rule 1: no static method on an interface, which Groovy 2.4 cannot call")
  void noStaticMethodOnAnInterface() {
    assertThat(TYPES.stream().filter(Class::isInterface).flatMap(ExportedApi::methods))
        .filteredOn(method -> Modifier.isStatic(method.getModifiers()))
        .isEmpty();
  }

  @Test
  @DisplayName("rule 2: an interface for a closure has one method and no default")
  void functionalInterfacesHaveOneMethodAndNoDefault() {
    assertThat(TYPES.stream().filter(ExportedApi::isFunctional))
        .isNotEmpty()
        .allMatch(type -> type.getMethods().length == 1);
  }

  @Test
  @DisplayName("rule 2: no overloads that differ in the functional type only")
  void noOverloadsOnFunctionalTypes() {
    assertThat(TYPES.stream().flatMap(ExportedApi::calls).filter(GroovyRulesTest::isAmbiguous))
        .isEmpty();
  }

  private static boolean isAmbiguous(Call call) {
    Class<?>[] mine = call.code().getParameterTypes();
    return ExportedApi.calls(call.type())
        .filter(other -> other.name().equals(call.name()) && !other.code().equals(call.code()))
        .map(other -> other.code().getParameterTypes())
        .filter(theirs -> theirs.length == mine.length)
        .anyMatch(
            theirs -> {
              for (int at = 0; at < mine.length; at++) {
                if (mine[at] != theirs[at]) {
                  return ExportedApi.isFunctional(mine[at]) && ExportedApi.isFunctional(theirs[at]);
                }
              }
              return false;
            });
  }

  @Test
  @DisplayName("rule 3: what can be closed is Closeable, and close() throws nothing checked")
  void whatCanBeClosedIsCloseable() throws NoSuchMethodException {
    List<Class<?>> closeables =
        TYPES.stream().filter(type -> AutoCloseable.class.isAssignableFrom(type)).toList();
    assertThat(closeables).isNotEmpty().allMatch(type -> Closeable.class.isAssignableFrom(type));
    for (Class<?> type : closeables) {
      assertThat(type.getMethod("close").getExceptionTypes()).as(type.getName()).isEmpty();
    }
  }

  @Test
  @DisplayName("rule 4: texts in collections, maps and varargs may be GStrings")
  void textsMayBeGStrings() {
    assertThat(TYPES.stream().flatMap(ExportedApi::calls))
        .filteredOn(call -> !call.isOfRecord())
        .filteredOn(
            call -> Arrays.stream(call.parameters()).anyMatch(GroovyRulesTest::wantsStrings))
        .isEmpty();
  }

  /** A collection, map or array whose elements must be Strings: a GString there fails inside. */
  private static boolean wantsStrings(Type parameter) {
    if (parameter == String[].class) {
      return true;
    }
    return parameter instanceof ParameterizedType type
        && (Collection.class.isAssignableFrom((Class<?>) type.getRawType())
            || Map.class.isAssignableFrom((Class<?>) type.getRawType()))
        && isString(type.getActualTypeArguments()[type.getActualTypeArguments().length - 1]);
  }

  private static boolean isString(Type type) {
    return type == String.class
        || type instanceof WildcardType wildcard && wildcard.getUpperBounds()[0] == String.class;
  }

  @Test
  @DisplayName("rule 4: each method with varargs has a twin for a collection")
  void eachMethodWithVarargsHasATwin() {
    assertThat(TYPES.stream().flatMap(ExportedApi::calls))
        .filteredOn(call -> call.code().isVarArgs())
        .isNotEmpty()
        .allMatch(GroovyRulesTest::hasTwin);
  }

  /** The twin may take all in one collection, as {@code Command.of}. */
  private static boolean hasTwin(Call call) {
    int count = call.code().getParameterCount();
    return ExportedApi.calls(call.type())
        .filter(other -> other.name().equals(call.name()))
        .map(Call::code)
        .map(Executable::getParameterTypes)
        .anyMatch(
            types ->
                types.length > 0 && types.length <= count && isCollection(types[types.length - 1]));
  }

  private static boolean isCollection(Class<?> type) {
    return Iterable.class.isAssignableFrom(type) && type.isAssignableFrom(List.class);
  }

  @Test
  @DisplayName("rule 6: results are Serializable down to their fields, with a version, no Optional")
  void resultsAreSerializable() {
    assertThat(ExportedApi.results(TYPES))
        .isNotEmpty()
        .allMatch(Serializable.class::isAssignableFrom, "is Serializable")
        .allSatisfy(GroovyRulesTest::checkFields);
  }

  private static void checkFields(Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      boolean kept = (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0;
      if (kept) {
        assertThat(field.getType()).as(field.toString()).isNotEqualTo(Optional.class);
      }
    }
    if (!type.isEnum() && !type.isInterface()) {
      assertThat(type.getDeclaredFields())
          .as(type.getName())
          .extracting(Field::getName)
          .contains("serialVersionUID");
      for (Method method : type.getMethods()) {
        assertThat(method.getReturnType()).as(method.toString()).isNotEqualTo(Optional.class);
      }
    }
  }
}
