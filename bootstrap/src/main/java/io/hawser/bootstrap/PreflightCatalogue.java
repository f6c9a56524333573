package io.hawser.bootstrap;

import static io.hawser.bootstrap.PreflightCheck.builtIn;

import com.google.common.collect.ImmutableList;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.filesystem.RootfsTrees;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryMode;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Makes the checks that Hawser has, in the order of {@link PreflightNames}. */
record PreflightCatalogue(
    Cluster cluster,
    Registries registries,
    RegistryMode mode,
    Supplier<RootfsTrees> trees,
    Supplier<RootfsTrees> lenientTrees) {

  List<PreflightCheck> checks(PreflightOptions options) {
    return ImmutableList.<PreflightCheck>builder()
        .addAll(ofTheImages(options.everyByte()))
        .addAll(ofTheHosts())
        .addAll(ofTheRegistries())
        .addAll(ofTheNodes(options.relayed()))
        .addAll(options.added())
        .build();
  }

  private static boolean everywhere(Host host) {
    return true;
  }

  private List<PreflightCheck> ofTheImages(boolean everyByte) {
    return List.of(
        builtIn(PreflightNames.INPUT, host -> host.is(Role.MASTER), new InputCheck(cluster)),
        builtIn(PreflightNames.SOURCE, isReplica(), new SourceCheck(registries, everyByte)),
        builtIn(PreflightNames.SCRIPTS, PreflightCatalogue::everywhere, new ScriptsCheck(cluster)),
        builtIn(PreflightNames.IMAGES, PreflightCatalogue::everywhere, new ImagesCheck(trees)));
  }

  private List<PreflightCheck> ofTheHosts() {
    Predicate<Host> all = PreflightCatalogue::everywhere;
    EnvCheck env = new EnvCheck(cluster);
    return List.of(
        builtIn(PreflightNames.TOOLS, all, new ToolsCheck(cluster, registries)),
        builtIn(PreflightNames.ENV, host -> !env.warnings(host).isEmpty(), env),
        builtIn(PreflightNames.IDENTITY, all, new IdentityCheck()),
        builtIn(PreflightNames.ADDRESS, all, new AddressCheck()),
        builtIn(PreflightNames.CLOCK, all, new ClockCheck()),
        builtIn(PreflightNames.SPACE, all, new SpaceCheck(lenientTrees, registries)),
        builtIn(PreflightNames.MOUNTS, all, new MountsCheck(cluster)),
        builtIn(PreflightNames.ENGINES, all, new EnginesCheck()),
        builtIn(PreflightNames.ADOPT, all, new AdoptionCheck()));
  }

  private List<PreflightCheck> ofTheRegistries() {
    return List.of(
        builtIn(PreflightNames.DATA, isReplica(), new RegistryDataCheck(registries, mode)),
        builtIn(
            PreflightNames.PROGRAM,
            isReplica(),
            new RegistryProgramCheck(cluster, registries, mode)),
        builtIn(PreflightNames.PORT, isReplica(), new PortCheck(registries)),
        builtIn(PreflightNames.LOGIN, isReplica(), new LoginCheck(registries)),
        builtIn(
            PreflightNames.CERTIFICATE,
            isReplica(),
            new CertificateCheck(registries, Clock.systemUTC())),
        builtIn(PreflightNames.SECRET, isReplica(), new UploadSecretCheck(registries, mode)));
  }

  private List<PreflightCheck> ofTheNodes(boolean relayed) {
    Predicate<Host> all = PreflightCatalogue::everywhere;
    return List.of(
        builtIn(PreflightNames.HOSTS_FILE, all, new HostsFileCheck(registries)),
        builtIn(PreflightNames.SECURITY, all, new SecurityCheck()),
        builtIn(PreflightNames.PEERS, all, new PeersCheck(registries)),
        builtIn(PreflightNames.RELAY, isReplica(), new RelayCheck(registries, relayed)),
        builtIn(PreflightNames.PROXY, all, new ProxyCheck(registries)),
        builtIn(PreflightNames.MTU, all, new MtuCheck()),
        builtIn(PreflightNames.ENDPOINTS, all, new EndpointsCheck(registries)),
        builtIn(
            PreflightNames.SCRIPT,
            host -> cluster.labelled("check").isPresent(),
            new ScriptCheck(cluster, registries.scripts())));
  }

  private Predicate<Host> isReplica() {
    return registries.replicas()::contains;
  }
}
