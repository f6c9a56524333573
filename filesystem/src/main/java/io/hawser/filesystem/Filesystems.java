package io.hawser.filesystem;

import io.hawser.cluster.Cluster;
import io.hawser.fanout.FanOut;
import io.hawser.host.ClusterLock;
import io.hawser.host.TransferListener;
import io.hawser.host.TreeChange;
import io.hawser.host.TreeOption;
import io.hawser.host.UndoOption;
import io.hawser.host.Uploads;
import io.hawser.ssh.SshClient;
import io.hawser.template.GoTemplates;
import io.hawser.template.TemplateEngine;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes {@link Filesystem}s. */
public final class Filesystems {
  private Filesystems() {}

  /**
   * One that sends the images over SSH, to at most 32 hosts at once, with strict templates. It does
   * not close the client.
   */
  public static Filesystem of(Cluster cluster, SshClient ssh) {
    return builder(cluster, ssh).build();
  }

  /**
   * The same filesystem for the owner of a lock, who does several things before he gives it back:
   * its calls change hosts under this lock, through the client with which it was taken, and take
   * none.
   *
   * <p>Hosts that are not among those of the lock fail, as do those that could not be locked.
   *
   * @throws IllegalArgumentException if the filesystem was not made here, or the lock is for
   *     another cluster
   */
  public static Filesystem under(ClusterLock lock, Filesystem filesystem) {
    return uploaded(filesystem).under(lock);
  }

  /** Whether {@link #under} takes a filesystem: it was made here. */
  public static boolean isLockable(Filesystem filesystem) {
    return filesystem instanceof UploadedRootfs;
  }

  private static UploadedRootfs uploaded(Filesystem filesystem) {
    if (filesystem instanceof UploadedRootfs uploaded) {
      return uploaded;
    }
    throw new IllegalArgumentException(
        "this filesystem, a "
            + filesystem.getClass().getName()
            + ", takes its locks by itself; give one that Filesystems made");
  }

  /** Starts one with options. */
  public static Builder builder(Cluster cluster, SshClient ssh) {
    return new Builder(cluster, ssh);
  }

  /** Collects the options of a {@link Filesystem}. Not thread-safe. */
  public static final class Builder {
    private final Cluster cluster;
    private final SshClient ssh;
    private boolean strictTemplates = true;
    private @Nullable TemplateEngine templates;
    private boolean purge;
    private int width = FanOut.DEFAULT_WIDTH;
    private Uploads uploads = Uploads.atMost(Uploads.DEFAULT_LIMIT);
    private TransferListener listener = progress -> {};
    private TreeChange.Check check = TreeChange.Check.QUICK;
    private final Set<TreeOption> treeOptions = EnumSet.noneOf(TreeOption.class);

    private Builder(Cluster cluster, SshClient ssh) {
      this.cluster = cluster;
      this.ssh = ssh;
    }

    /**
     * Whether a template may not name a key that has no value; true by default. When false such a
     * key is printed as {@code <no value>}, as sealos does.
     */
    public Builder strictTemplates(boolean strict) {
      strictTemplates = strict;
      return this;
    }

    /**
     * What renders the templates; {@link GoTemplates} by default. {@link #strictTemplates} says
     * nothing to an engine that is given here. A template that it refuses fails its host.
     */
    public Builder templates(TemplateEngine engine) {
      templates = engine;
      return this;
    }

    /**
     * Whether {@code unMountRootfs} also removes what others put into directories that Hawser made;
     * false by default: such files stay and are listed. Mounts are never crossed, links never
     * followed.
     */
    public Builder purge(boolean remove) {
      purge = remove;
      return this;
    }

    /** How many hosts are worked on at once; 32 by default. */
    public Builder parallelHosts(int hosts) {
      if (hosts < 1) {
        throw new IllegalArgumentException("parallelHosts " + hosts + " is below 1");
      }
      width = hosts;
      return this;
    }

    /** How many streams of files go out at once; {@link Uploads#DEFAULT_LIMIT} by default. */
    public Builder uploads(Uploads limit) {
      uploads = limit;
      return this;
    }

    /** Who hears how the transfers go on; nobody by default. */
    public Builder onProgress(TransferListener newListener) {
      listener = newListener;
      return this;
    }

    /**
     * Whether every file on the hosts is read and compared by SHA-256, also where nothing was
     * touched since the same tree was put there; false by default.
     */
    public Builder fullCheck(boolean full) {
      check = full ? TreeChange.Check.FULL : TreeChange.Check.QUICK;
      return this;
    }

    /**
     * Whether links of an image may lead out of its tree: with a target that is absolute and not
     * below the directory where the image is mounted, or that climbs above it. False by default:
     * the image is refused, and the link named.
     */
    public Builder linksLeavingTree(boolean allowed) {
      return with(TreeOption.LINKS_LEAVING_TREE, allowed);
    }

    /**
     * Whether files and directories of an image keep their set-user-ID and set-group-ID bits; false
     * by default: they are left out. Give {@code Bootstraps} the same, so that its plan agrees.
     */
    public Builder keepSetIdBits(boolean keep) {
      return with(TreeOption.SET_ID_BITS, keep);
    }

    private Builder with(TreeOption option, boolean on) {
      if (on) {
        treeOptions.add(option);
      } else {
        treeOptions.remove(option);
      }
      return this;
    }

    /** Makes it. */
    public Filesystem build() {
      Set<UndoOption> undoOptions = purge ? Set.of(UndoOption.PURGE) : Set.of();
      return new UploadedRootfs(
          cluster,
          ssh,
          new MountOptions(
              templates == null ? GoTemplates.standard().strict(strictTemplates) : templates,
              width,
              uploads,
              listener,
              check,
              Set.copyOf(treeOptions),
              undoOptions));
    }
  }
}
