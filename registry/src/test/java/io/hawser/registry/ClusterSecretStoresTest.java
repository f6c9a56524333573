package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Secret;
import io.hawser.fanout.FanOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSecretStoresTest {
  @TempDir Path base;

  @Test
  void filesAreForTheirOwnerOnly() throws IOException {
    ClusterSecrets store = ClusterSecretStores.directory(base.resolve("home"));
    store.put("prod", "registry-password", Secret.of("first"));
    store.put("prod", "registry-password", Secret.of("second"));
    store.putIfAbsent("prod", "other", Secret.of("x"));
    Path secrets = base.resolve("home/prod/secrets");
    assertThat(secrets.resolve("registry-password")).hasContent("second");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(secrets)) {
      assertThat(files)
          .as("nothing is left over")
          .hasSize(2)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void clustersDoNotSeeEachOthersSecrets() {
    for (ClusterSecrets store :
        new ClusterSecrets[] {
          ClusterSecretStores.directory(base), ClusterSecretStores.inMemory()
        }) {
      store.put("a", "x", Secret.of("1"));
      assertThat(store.get("a", "x")).contains(Secret.of("1"));
      assertThat(store.get("b", "x")).isEmpty();
      assertThat(store.get("a", "y")).isEmpty();
    }
  }

  @Test
  void ofManyWhoPutAtOnceAllGetTheSame() {
    for (ClusterSecrets store :
        new ClusterSecrets[] {
          ClusterSecretStores.directory(base), ClusterSecretStores.inMemory()
        }) {
      assertThat(
              FanOut.map(
                  IntStream.range(0, 16).boxed().toList(),
                  16,
                  i -> store.putIfAbsent("c", "password", Secret.of("secret " + i)).reveal()))
          .containsOnly(store.get("c", "password").orElseThrow().reveal());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "", "A", "a/b", "..", "ä"})
  void c16NamesCannotLeaveTheDirectory(String name) {
    ClusterSecrets store = ClusterSecretStores.directory(base);
    assertThatIllegalArgumentException().isThrownBy(() -> store.get("c", name));
    assertThatIllegalArgumentException().isThrownBy(() -> store.get(name, "x"));
  }
}
