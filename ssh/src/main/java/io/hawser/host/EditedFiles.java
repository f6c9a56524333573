package io.hawser.host;

import com.google.common.collect.ImmutableList;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * Files of a tree of ours that scripts edited in place. They are put back without being kept, since
 * what was there is no property of anybody: then what the journal says of the tree is true again.
 */
final class EditedFiles {
  private EditedFiles() {}

  /** Puts those below a directory of the tree back; what vanished or became a link stays so. */
  static List<ChangeResult> putBack(AgentClient agent, TreeChange change, String folder) {
    String place = change.path() + "/" + folder;
    ListedDirectory listed = new ListedDirectory(agent);
    ListingReader.digests(agent, place, listed);
    Map<String, Listing.Entry> there = listed.listing().entries();
    ImmutableList.Builder<ChangeResult> results = ImmutableList.builder();
    for (TreeFile file : change.tree().only(file -> isBelow(folder, file)).files()) {
      Listing.Entry entry = there.get(file.path().substring(folder.length() + 1));
      if (entry != null && entry.type() == TreeFile.Type.FILE && differs(entry, file)) {
        results.add(putBack(agent, change.path() + "/" + file.path(), file));
      }
    }
    return results.build();
  }

  private static boolean isBelow(String folder, TreeFile file) {
    return file.type() == TreeFile.Type.FILE && file.path().startsWith(folder + "/");
  }

  private static boolean differs(Listing.Entry entry, TreeFile file) {
    return !entry.sha256().equals(file.sha256());
  }

  private static ChangeResult putBack(AgentClient agent, String path, TreeFile file) {
    List<String> answer =
        agent.call(
            to -> {
              try (InputStream content = file.open()) {
                content.transferTo(to);
              }
            },
            "putback",
            path,
            Operations.mode(file.mode()),
            file.sha256());
    if (!answer.equals(List.of("restored"))) {
      throw agent.unexpected(answer.toString(), "putback");
    }
    String summary = path + " as it was mounted";
    return new ChangeResult(path, summary, HostChange.Outcome.CHANGED, "scripts had edited it");
  }
}
