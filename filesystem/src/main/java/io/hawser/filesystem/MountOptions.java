package io.hawser.filesystem;

import io.hawser.host.TransferListener;
import io.hawser.host.TreeChange;
import io.hawser.host.TreeOption;
import io.hawser.host.UndoOption;
import io.hawser.host.Uploads;
import io.hawser.template.TemplateEngine;
import java.util.Set;

/** How a rootfs is put on hosts; {@link Filesystems.Builder} says what each means. */
record MountOptions(
    TemplateEngine templates,
    int width,
    Uploads uploads,
    TransferListener listener,
    TreeChange.Check check,
    Set<TreeOption> treeOptions,
    Set<UndoOption> undoOptions) {}
