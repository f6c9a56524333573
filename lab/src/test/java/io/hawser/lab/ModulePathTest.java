package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModulePathTest {
  private static final Set<String> PUBLISHED =
      Library.MODULES.stream().map(module -> "io.hawser." + module).collect(Collectors.toSet());

  private static final ModuleFinder FINDER =
      ModuleFinder.of(
          Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
              .map(Path::of)
              .filter(entry -> isPublished(entry) || isLibrary(entry))
              .toArray(Path[]::new));

  private static boolean isPublished(Path entry) {
    return Library.MODULES.stream()
        .anyMatch(module -> entry.startsWith(Path.of("..", module).toAbsolutePath().normalize()));
  }

  private static boolean isLibrary(Path entry) {
    return Files.isRegularFile(entry) && !entry.toString().contains("hawser-examples");
  }

  @Test
  void allPublishedModulesResolveTogether() {
    Configuration resolved =
        ModuleLayer.boot().configuration().resolve(FINDER, ModuleFinder.of(), PUBLISHED);

    assertThat(resolved.modules().stream().map(module -> module.name())).containsAll(PUBLISHED);
  }

  @Test
  void noModuleRequiresOneNamedAfterItsFile() {
    Set<ModuleReference> required =
        PUBLISHED.stream()
            .flatMap(name -> FINDER.find(name).orElseThrow().descriptor().requires().stream())
            .map(ModuleDescriptor.Requires::name)
            .flatMap(name -> FINDER.find(name).stream())
            .collect(Collectors.toSet());

    assertThat(required).isNotEmpty().allMatch(ModulePathTest::namesItself);
  }

  private static boolean namesItself(ModuleReference module) {
    if (!module.descriptor().isAutomatic()) {
      return true;
    }
    try (JarFile jar = new JarFile(Path.of(module.location().orElseThrow()).toFile())) {
      return jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name") != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
