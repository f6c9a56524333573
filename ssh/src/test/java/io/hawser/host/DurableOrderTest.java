package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The order of what makes changes last: the programs that sync and rename note each call, with what
 * the journal held by then.
 */
class DurableOrderTest {
  private static final String NOTE =
      "#!/bin/sh\nprintf '%s' \"NAME $*\" >>'LOG'\nprintf ' in %s, journal %s\\n' \"$PWD\""
          + " \"$(tail -n 1 'JOURNAL' 2>/dev/null | cut -d ' ' -f 1,4)\" >>'LOG'\n";

  private TestHost host;
  private Path log;

  @BeforeEach
  void noteEachCall(@TempDir Path temp) throws IOException {
    host = new TestHost(temp, "/bin/sh");
    log = temp.resolve("calls");
    Files.createDirectories(host.path("/srv"));
    String note =
        NOTE.replace("LOG", log.toString())
            .replace("JOURNAL", host.path("/var/lib/hawser/c1/journal").toString());
    host.program("sync", note.replace("NAME", "sync"));
    host.program("mv", note.replace("NAME", "mv") + "exec /usr/bin/mv \"$@\"\n");
  }

  /** The calls of one change, the host's root left out. */
  private List<String> calls(HostChange change) throws IOException {
    Files.writeString(log, "");
    assertThat(host.apply(change)).containsExactly(CHANGED);
    return Files.readAllLines(log).stream()
        .map(line -> line.replace(host.root.toString(), ""))
        .toList();
  }

  /** Where the first call from an index on is that matches; it must be there. */
  private static int next(List<String> calls, int from, String regex) {
    Pattern pattern = Pattern.compile(regex);
    for (int i = from; i < calls.size(); i++) {
      if (pattern.matcher(calls.get(i)).find()) {
        return i;
      }
    }
    throw new AssertionError("no \"" + regex + "\" after call " + from + " of " + calls);
  }

  @Test
  @DisplayName(
      "D12 a file is synced before its rename, its directory after, the journal before all")
  void aFile() throws IOException {
    host.write("/srv/conf", "old");
    List<String> calls = calls(FileChange.plain("/srv/conf", "new"));
    int kept = next(calls, 0, "^sync -- /var/lib/hawser/c1/pre/1 ");
    int noted = next(calls, kept, "^sync -- /var/lib/hawser/c1/journal .* journal S file$");
    int synced = next(calls, noted, "^sync -- /srv/\\.hawser-new-c1-1 ");
    int moved = next(calls, synced, "^mv -f -- /srv/\\.hawser-new-c1-1 /srv/conf .*journal S");
    int directory = next(calls, moved, "^sync -- /srv in ");
    next(calls, directory, "^sync -- /var/lib/hawser/c1/journal .* journal D$");
  }

  @Test
  @DisplayName("D12 a tree is synced before its renames, each rank before the next, and after them")
  void aTree() throws IOException {
    host.write("/srv/tree/blob", "old");
    host.write("/srv/tree/tag", "old");
    FileTree tree =
        FileTree.of(
            List.of(
                TreeFile.text("blob", 0644, "new").withRank(0),
                TreeFile.text("revision", 0644, "new").withRank(1),
                TreeFile.text("tag", 0644, "new").withRank(3)));
    List<String> calls = calls(new TreeChange("/srv/tree", tree));
    int noted = next(calls, 0, "^sync -- /var/lib/hawser/c1/journal .* journal S tree$");
    int listed = next(calls, noted, "^sync -- /var/lib/hawser/c1/tree in ");
    int last = next(calls, listed, "^sync -f -- /var/lib/hawser/c1 in ");
    for (String file : List.of("0/blob", "1/revision", "3/tag")) {
      int synced = next(calls, last, "^sync -f -- \\. in /srv/tree,");
      int moved = next(calls, synced, "^mv -f -- \\S*\\.hawser-stage-c1/" + file + " \\./ ");
      assertThat(moved).as("calls between: %s", calls).isEqualTo(synced + 1);
      last = moved;
    }
    int after = next(calls, last, "^sync -f -- \\. in /srv/tree, journal S");
    next(calls, after, "^sync -- /var/lib/hawser/c1/journal .* journal D$");
    assertThat(calls.subList(listed, after)).filteredOn(call -> call.contains("/blob")).hasSize(1);
  }
}
