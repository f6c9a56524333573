package io.hawser.lab.hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rootfs that {@code labring-actions/runtime} builds from its folders containerd, registry and
 * k8s, with its scripts and templates as they are. It is no part of this project: the environment
 * variable {@link #VARIABLE} names a checkout, which is read at test time.
 *
 * <p>Programs are those of the hosts (containerd, runc, ctr, docker-registry, lsof, libseccomp).
 * Where Debian has none, or it would act on more than the host, a stand-in writes down how it was
 * called; that of crictl pulls by ctr.
 */
public final class RealRuntime {
  /** Names the checkout. */
  public static final String VARIABLE = "HAWSER_RUNTIME";

  /** Where stand-ins write down their calls. */
  public static final String CALLS = "/var/log/runtime-calls.log";

  /** The image that the scripts pull themselves. */
  public static final String PAUSE = "pause:3.9";

  private static final List<String> STAND_INS =
      List.of("bin/conntrack", "bin/kubeadm", "bin/kubectl", "bin/kubelet", "opt/sealctl");

  private static final String RECORD = "#!/bin/sh\necho \"${0##*/} $*\" >>" + CALLS + "\n";

  private static final String CRICTL =
      RECORD
          + """
          [ "$1" = pull ] || exit 0
          exec ctr -n k8s.io images pull --hosts-dir /etc/containerd/certs.d \\
            --user admin:passw0rd "$2" >>%s 2>&1
          """
              .formatted(CALLS);

  private RealRuntime() {}

  /** Makes the tree in an empty directory; host 1 must have its programs still. */
  public static Path make(Lab lab, Path directory) throws IOException {
    Path runtime = Path.of(System.getenv(VARIABLE)).toAbsolutePath();
    Path rootfs = Files.createDirectories(directory.resolve("runtime"));
    // As its build does: one folder over the other.
    for (String folder : List.of("containerd", "registry", "k8s")) {
      local("cp -a '" + runtime.resolve(folder) + "/.' '" + rootfs + "'");
    }
    // Whatever the umask of the checkout was.
    local("chmod -R u=rwX,go=rX '" + rootfs + "'");
    for (String folder : List.of("bin", "cri", "opt", "images/shim", "registry")) {
      Files.createDirectories(rootfs.resolve(folder));
    }
    for (String name : STAND_INS) {
      program(rootfs.resolve(name), RECORD);
    }
    program(rootfs.resolve("bin/crictl"), CRICTL);
    program(rootfs.resolve("cri/image-cri-shim"), RECORD + "exec sleep 1000000\n");
    takePrograms(lab, rootfs);
    fillRegistry(lab, directory, rootfs);
    describe(rootfs);
    return rootfs;
  }

  private static void program(Path file, String text) throws IOException {
    Files.writeString(file, text);
    file.toFile().setExecutable(true, false);
  }

  private static void takePrograms(Lab lab, Path rootfs) {
    String to = " >'" + rootfs;
    SeedRegistry.shell(lab, "on 1 cat /usr/bin/docker-registry" + to + "/cri/registry'");
    SeedRegistry.shell(lab, "on 1 cat /usr/bin/lsof" + to + "/opt/lsof'");
    SeedRegistry.shell(
        lab,
        "on 1 sh -c 'cd / && tar -czf - --transform s,usr/sbin/,usr/bin/, usr/bin/containerd"
            + " $(ls usr/bin/containerd-shim*) usr/bin/ctr usr/sbin/runc'"
            + to
            + "/cri/cri-containerd.tar.gz'");
    SeedRegistry.shell(
        lab,
        "on 1 sh -c 'cd $(dirname $(ldconfig -p | sed -n \"s,.*=> ,,;/libseccomp[.]so[.]2$/p\"))"
            + " && tar -chzf - --transform s,^,lib/, libseccomp.so.2'"
            + to
            + "/cri/libseccomp.tar.gz'");
    local("chmod a+x '" + rootfs + "/cri/registry' '" + rootfs + "/opt/lsof'");
  }

  private static void fillRegistry(Lab lab, Path directory, Path rootfs) throws IOException {
    List<SourceImage> images = new ArrayList<>(LabRootfs.images(directory));
    images.add(SourceImage.write(directory.resolve("oci-pause"), PAUSE, 5, List.of(300)));
    try (SeedRegistry seed = SeedRegistry.start(lab)) {
      images.forEach(seed::push);
      seed.copyStorage(rootfs.resolve("registry"));
    }
  }

  /** What its build adds to the description by options. */
  private static void describe(Path rootfs) throws IOException {
    Path file = rootfs.resolve("Kubefile");
    Files.writeString(
        file,
        Files.readString(file).stripTrailing()
            + "\nLABEL sealos.io.type=rootfs sealos.io.version=v1beta1 version=v1.27.7\n"
            + "ENV defaultVIP=10.103.97.2 sandboxImage="
            + PAUSE
            + "\n");
  }

  /** Takes from the hosts what such a rootfs brings: it is for hosts without a runtime. */
  public static void makeBare(Lab lab) {
    for (int host = 1; host <= lab.size(); host++) {
      lab.on(
              host,
              "systemctl stop containerd; systemctl disable containerd;"
                  + " rm -rf /etc/containerd /etc/cni /opt/cni /opt/containerd"
                  + " /lib/systemd/system/containerd.service /run/containerd"
                  + " /usr/bin/containerd* /usr/bin/ctr /usr/bin/runc /usr/sbin/runc /usr/bin/lsof"
                  + " /usr/bin/docker-registry; find /var/lib/containerd -mindepth 1 -delete;"
                  + " ldconfig; for program in containerd ctr runc lsof docker-registry; do"
                  + " ! command -v $program || exit 1; done")
          .ok();
    }
  }

  private static void local(String shell) {
    Ran.run(List.of("bash", "-c", shell), Map.of()).ok();
  }
}
