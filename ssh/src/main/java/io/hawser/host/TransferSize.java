package io.hawser.host;

import java.util.Iterator;
import java.util.Locale;

/** What is still to be sent of a tree. */
record TransferSize(long files, long bytes, long modes) {
  static TransferSize of(TreeDelta delta) {
    long files = 0;
    long bytes = 0;
    long modes = 0;
    for (Iterator<TreeStep> steps = delta.steps(); steps.hasNext(); ) {
      TreeStep step = steps.next();
      if (!step.isSent()) {
        modes++;
      } else if (step.isFile() && !delta.hasArrived(step.index())) {
        files++;
        bytes += step.size();
      }
    }
    return new TransferSize(files, bytes, modes);
  }

  /** The same but for files that came some other way. */
  TransferSize without(long otherFiles, long otherBytes) {
    return new TransferSize(files - otherFiles, bytes - otherBytes, modes);
  }

  String sentence(int takenUp) {
    return String.format(Locale.ROOT, "%d files, %d bytes sent", files, bytes)
        + (takenUp == 0 ? "" : ", " + takenUp + " files taken up from a broken transfer")
        + (modes == 0 ? "" : ", " + modes + " modes set");
  }
}
