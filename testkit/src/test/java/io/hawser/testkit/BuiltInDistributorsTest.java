package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.registry.ArtifactDistributor;
import io.hawser.registry.ArtifactDistributors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The distributors that come with Hawser keep the contract that others have to keep. */
class BuiltInDistributorsTest {
  @TestFactory
  Stream<DynamicTest> theDirectOneKeepsTheContract() {
    return checks(ArtifactDistributors::direct);
  }

  @TestFactory
  Stream<DynamicTest> theRelayingOneKeepsTheContract() {
    return checks(ArtifactDistributors::relay);
  }

  private static Stream<DynamicTest> checks(Supplier<ArtifactDistributor> factory) {
    return DistributorConformance.of(factory).checks().stream()
        .map(check -> DynamicTest.dynamicTest(check.name(), check::run));
  }

  @Test
  void theDocumentHasEveryRuleWithItsNumber() throws IOException {
    String words = Files.readString(Path.of("../docs/extend-distributor.md"));
    String document = words.replace("`", "").replaceAll("\\s+", " ");
    for (DistributorRule rule : DistributorRule.values()) {
      assertThat(document).contains(rule.number() + ". **" + rule.text() + "**");
    }
  }
}
