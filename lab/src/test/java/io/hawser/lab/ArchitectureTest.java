package io.hawser.lab;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  private static final JavaClasses LIBRARY = Library.classes();

  /** What each module may know of the others. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "core", Set.of(),
          "ssh", Set.of("core"),
          "registry", Set.of("core", "ssh"),
          "filesystem", Set.of("core", "ssh"),
          "bootstrap", Set.of("core", "ssh", "registry", "filesystem"),
          "testkit", Set.of("core", "ssh", "registry", "filesystem", "bootstrap"));

  @Test
  void allPublishedModulesAreLookedAt() {
    assertThat(Library.exports()).containsOnlyKeys(Library.MODULES);
    assertThat(ARROWS).containsOnlyKeys(Library.MODULES);
    assertThat(LIBRARY.stream().map(type -> Library.moduleOf(type.getPackageName())))
        .contains(Library.MODULES.toArray(new String[0]));
  }

  @TestFactory
  Stream<DynamicTest> modulesKnowOnlyWhatTheArrowsAllow() {
    return Library.MODULES.stream()
        .map(module -> DynamicTest.dynamicTest(module, () -> check(arrowsOf(module))));
  }

  private static ArchRule arrowsOf(String module) {
    return noClasses()
        .that(areOf(Set.of(module)))
        .should()
        .dependOnClassesThat(
            areOf(
                Set.copyOf(
                    Library.MODULES.stream()
                        .filter(other -> !other.equals(module))
                        .filter(other -> !ARROWS.get(module).contains(other))
                        .toList())));
  }

  private static DescribedPredicate<JavaClass> areOf(Set<String> modules) {
    return describe(
        "are of " + modules,
        type ->
            (type.getPackageName() + ".").startsWith("io.hawser.")
                && modules.contains(Library.moduleOf(type.getPackageName())));
  }

  @Test
  void onlySshTalksToJsch() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.hawser.ssh..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.jcraft.."));
  }

  @Test
  void onlyTheYamlClassesOfCoreTalkToTheYamlLibrary() {
    check(
        noClasses()
            .that()
            .haveNameNotMatching("io\\.hawser\\..*\\.Yaml[A-Za-z]+(\\$.*)?")
            .or(areOf(Set.of("ssh", "registry", "filesystem", "bootstrap", "testkit")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.snakeyaml.."));
  }

  @Test
  void packagesFormNoCycle() {
    check(slices().assignedFrom(PACKAGES).should().beFreeOfCycles());
  }

  @Test
  void nothingWritesToStandardStreamsOrPrintsStackTraces() {
    check(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
  }

  @Test
  void nothingLogsThroughJavaUtilLogging() {
    check(noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging"));
  }

  @Test
  void classesAreNamedByWhatTheyDo() {
    check(noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl|Processor)"));
  }

  @Test
  void publicSignaturesShowNoTypeOfALibrary() {
    check(
        classes()
            .that(
                describe(
                    "can be seen from outside",
                    type ->
                        Library.exportedPackages().contains(type.getPackageName()) && isSeen(type)))
            .should(SHOW_NO_LIBRARY));
  }

  private static final ArchCondition<JavaClass> SHOW_NO_LIBRARY =
      new ArchCondition<>("show no type of jsch, snakeyaml or guava") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
          report(type, type.getName(), typesNamedBy(type), events);
          Stream.concat(type.getFields().stream(), type.getCodeUnits().stream())
              .filter(member -> isOpen(member.getModifiers()))
              .forEach(member -> report(type, member.getFullName(), typesNamedBy(member), events));
        }
      };

  private static final DescribedPredicate<JavaClass> OF_A_HIDDEN_LIBRARY =
      resideInAnyPackage("com.jcraft..", "org.snakeyaml..", "com.google.common..");

  private static void report(
      JavaClass owner, String where, Stream<JavaType> types, ConditionEvents events) {
    types
        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
        .filter(OF_A_HIDDEN_LIBRARY)
        .distinct()
        .forEach(
            type ->
                events.add(
                    SimpleConditionEvent.violated(owner, where + " shows " + type.getName())));
  }

  private static Stream<JavaType> typesNamedBy(JavaClass type) {
    return Stream.of(
            type.getSuperclass().stream(),
            type.getInterfaces().stream(),
            type.getTypeParameters().stream()
                .flatMap(variable -> variable.getUpperBounds().stream()))
        .flatMap(types -> types);
  }

  private static Stream<JavaType> typesNamedBy(JavaMember member) {
    if (!(member instanceof JavaCodeUnit code)) {
      return Stream.of(((JavaField) member).getType());
    }
    return Stream.of(
            Stream.of(code.getReturnType()),
            code.getParameterTypes().stream(),
            code.getTypeParameters().stream()
                .flatMap(variable -> variable.getUpperBounds().stream()),
            code.getExceptionTypes().stream())
        .flatMap(types -> types);
  }

  private static boolean isSeen(JavaClass type) {
    return isOpen(type.getModifiers())
        && type.getEnclosingClass().map(ArchitectureTest::isSeen).orElse(true);
  }

  private static boolean isOpen(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          return (type.getPackageName() + ".").startsWith("io.hawser.")
              ? SliceIdentifier.of(type.getPackageName())
              : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
          return "packages";
        }
      };

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(LIBRARY);
  }
}
