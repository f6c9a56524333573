package io.hawser.lab;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The published modules as the class path has them: their classes and what they export to all. */
final class Library {
  static final List<String> MODULES =
      List.of("core", "ssh", "registry", "filesystem", "bootstrap", "testkit");

  private Library() {}

  static JavaClasses classes() {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("io.hawser")
        .that(DescribedPredicate.describe("are published", Library::isPublished));
  }

  private static boolean isPublished(JavaClass type) {
    String name = type.getPackageName() + ".";
    return !name.startsWith("io.hawser.lab.") && !name.startsWith("io.hawser.examples.");
  }

  /** The module, without its prefix, that owns a package. */
  static String moduleOf(String packageName) {
    String room = packageName.replaceFirst("^io\\.hawser\\.?", "").replaceFirst("\\..*", "");
    return switch (room) {
      case "ssh", "host" -> "ssh";
      case "registry", "filesystem", "bootstrap", "testkit" -> room;
      default -> "core";
    };
  }

  static Set<String> exportedPackages() {
    return exports().values().stream()
        .flatMap(Set::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Per module, without its prefix, the packages that it exports to all. */
  static Map<String, Set<String>> exports() {
    Map<String, Set<String>> exports = new TreeMap<>();
    try {
      for (URL url :
          Collections.list(Library.class.getClassLoader().getResources("module-info.class"))) {
        try (InputStream in = url.openStream()) {
          ModuleDescriptor module = ModuleDescriptor.read(in);
          if (module.name().startsWith("io.hawser.")) {
            exports.put(
                module.name().substring("io.hawser.".length()),
                module.exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toCollection(TreeSet::new)));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return exports;
  }
}
