package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentAddressTest {
  private static final String HEX = "ab".repeat(32);

  @ParameterizedTest
  @ValueSource(
      strings = {"blobs/sha256/", "docker/registry/v2/blobs/sha256/", "images/a b/blobs/sha256/"})
  void blobsOfARegistryAndOfAnImageLayoutAreNamedByTheirContent(String store) {
    assertThat(ContentAddress.sha256(store + "ab/" + HEX + "/data")).contains(HEX);
    assertThat(ContentAddress.sha256(store + HEX)).contains(HEX);
  }

  @Test
  void otherFilesAreNot() {
    List<String> others =
        List.of(
            "blobs/sha256/cd/" + HEX + "/data",
            "blobs/sha256/ab/" + HEX + "/link",
            "blobs/sha256/ab/" + HEX,
            "blobs/sha256/" + HEX.toUpperCase(Locale.ROOT),
            "blobs/sha256/" + HEX + "0",
            "blobs/sha512/" + HEX,
            "myblobs/sha256/" + HEX,
            "blobs/sha256/data",
            HEX);
    assertThat(others).allSatisfy(path -> assertThat(ContentAddress.sha256(path)).isEmpty());
  }

  @Test
  void aBlobThatIsNotWhatItsNameSaysIsNotPutInPlace(@TempDir Path temp) throws IOException {
    TestHost host = new TestHost(temp.resolve("host"), "/bin/sh");
    Path source = temp.resolve("source");
    String right = Hashing.sha256().hashString("right", StandardCharsets.UTF_8).toString();
    String path = "blobs/sha256/" + right.substring(0, 2) + "/" + right + "/data";
    Path blob = source.resolve(path);
    Files.createDirectories(blob.getParent());

    Files.writeString(blob, "wrong");
    ChangeResult damaged = put(host, source);
    assertThat(damaged.outcome()).isEqualTo(HostChange.Outcome.FAILED);
    assertThat(damaged.message()).contains("the source of " + path).contains("instead of " + right);
    assertThat(host.path("/registry/" + path)).doesNotExist();

    Files.writeString(blob, "right");
    assertThat(put(host, source).outcome()).isEqualTo(HostChange.Outcome.CHANGED);
    assertThat(host.path("/registry/" + path)).hasContent("right");
  }

  private static ChangeResult put(TestHost host, Path source) throws IOException {
    FileTree tree = FileTree.scan(source, any -> true);
    return host.access.apply("test", List.of(new TreeChange("/registry", tree))).get(0);
  }
}
