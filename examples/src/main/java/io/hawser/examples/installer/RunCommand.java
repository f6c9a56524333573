package io.hawser.examples.installer;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import io.hawser.clusterfile.Clusterfile;
import io.hawser.clusterfile.Clusterfiles;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    description =
        "Makes a cluster from options alone, as sealos does: saves its Clusterfile, then does what"
            + " apply does. The same command again goes on where an earlier one ended.")
final class RunCommand extends ClusterCommand {
  @Parameters(
      paramLabel = "[NAME=]IMAGE",
      arity = "1..*",
      description = "the trees of the images, or archives of them, lowest first")
  private List<String> images = new ArrayList<>();

  @Mixin private NewHostOptions hosts = new NewHostOptions();
  private @Nullable Clusterfile made;

  RunCommand() {}

  @Override
  Clusterfile clusterfile() {
    ClusterfileOptions input = options().input();
    input.checkNoFile();
    SshAccess saved = hosts.saved(SshAccess.builder().build(), options().login());
    NewHostOptions.check(saved, options().login());
    Map<Role, List<HostList.Item>> lists = hosts.lists().read();
    if (!lists.containsKey(Role.MASTER)) {
      throw new IllegalArgumentException("run needs --masters: the first one is the first master");
    }
    images.forEach(RunCommand::checkThere);
    List<Host> members = Membership.empty().add(lists, saved).hosts();
    List<String> trees = input.unpacked(images, members);
    List<FlagClusterfile.Image> named = new ArrayList<>();
    for (int i = 0; i < trees.size(); i++) {
      named.add(FlagClusterfile.Image.of(trees.get(i), i));
    }
    made =
        new FlagClusterfile(input.clusterName(), saved, members, named, input.envItems())
            .read(Clusterfiles.reader().strictTemplates(options().strict()));
    return made;
  }

  /** Who comes from sealos gives the name of an image, which it pulls. */
  private static void checkThere(String image) {
    Path tree = Path.of(image.substring(image.indexOf('=') + 1));
    if (!Files.exists(tree)) {
      throw new IllegalArgumentException(
          tree
              + ": there is no such file or directory. Images are not pulled; bring one here first,"
              + " for example by: sealos save -o image.tar "
              + tree
              + ", or: skopeo copy docker://"
              + tree
              + " oci-archive:image.tar");
    }
  }

  @Override
  void check(Cluster cluster) {
    Clusterfile file = made();
    SavedCluster saved = options().saved();
    if (saved.exists()) {
      checkSame(saved, file.cluster());
      return;
    }
    saved.save(file, options().choices());
    out().println("saved " + saved.clusterfile() + " (" + secrets(file.cluster()) + ")");
  }

  /** A cluster that is there is changed by whoever knows what it is, not by another run. */
  private void checkSame(SavedCluster saved, Cluster wanted) {
    Cluster there = Clusterfiles.reader().checkTrees(false).read(saved.clusterfile());
    List<String> differences = ClusterDifference.between(there, wanted);
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          "cluster "
              + there.name()
              + " is there already, and not the same: "
              + String.join(", ", differences)
              + ". Change it by add and remove, edit "
              + saved.clusterfile()
              + " and apply, or call the new one otherwise with --cluster");
    }
  }

  private static String secrets(Cluster cluster) {
    SshAccess access = cluster.firstMaster().ssh();
    boolean kept = access.password().isPresent() || access.passphrase().isPresent();
    return "mode 0600, "
        + (kept ? "with the password" : "no password in it")
        + access.keyFile().map(file -> ", the key by its path").orElse("");
  }

  private Clusterfile made() {
    if (made == null) {
      throw new IllegalStateException("the Clusterfile is not made yet");
    }
    return made;
  }

  @Override
  int run(Cluster cluster, SshClient ssh) throws IOException {
    return conclude(new AppliedPhases(this, cluster, ssh).all());
  }
}
