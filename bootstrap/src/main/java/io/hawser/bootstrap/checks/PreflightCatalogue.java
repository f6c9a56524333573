package io.hawser.bootstrap.checks;

import com.google.common.collect.ImmutableList;
import io.hawser.bootstrap.adoption.Adoption;
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
public record PreflightCatalogue(
    Cluster cluster,
    Registries registries,
    RegistryMode mode,
    Supplier<RootfsTrees> trees,
    Supplier<RootfsTrees> lenientTrees) {

  List<NamedQuestion> checks(PreflightOptions options) {
    return ImmutableList.<NamedQuestion>builder()
        .addAll(ofTheImages(options.everyByte()))
        .addAll(ofTheHosts())
        .addAll(ofTheRegistries())
        .addAll(ofTheNodes())
        .addAll(options.added().stream().map(NamedQuestion::of).iterator())
        .build();
  }

  Adoption adoption() {
    return new Adoption(registries, mode);
  }

  private static boolean everywhere(Host host) {
    return true;
  }

  private List<NamedQuestion> ofTheImages(boolean everyByte) {
    return List.of(
        new NamedQuestion(
            PreflightNames.INPUT, host -> host.is(Role.MASTER), new InputCheck(cluster)),
        new NamedQuestion(
            PreflightNames.SOURCE, isReplica(), new SourceCheck(registries, everyByte)),
        new NamedQuestion(
            PreflightNames.SCRIPTS, PreflightCatalogue::everywhere, new ScriptsCheck(cluster)),
        new NamedQuestion(
            PreflightNames.IMAGES, PreflightCatalogue::everywhere, new ImagesCheck(trees)));
  }

  private List<NamedQuestion> ofTheHosts() {
    Predicate<Host> all = PreflightCatalogue::everywhere;
    EnvCheck env = new EnvCheck(cluster);
    return List.of(
        new NamedQuestion(PreflightNames.TOOLS, all, new ToolsCheck(cluster, registries)),
        new NamedQuestion(PreflightNames.ENV, host -> !env.warnings(host).isEmpty(), env),
        new NamedQuestion(PreflightNames.IDENTITY, all, new IdentityCheck()),
        new NamedQuestion(PreflightNames.ADDRESS, all, new AddressCheck()),
        new NamedQuestion(PreflightNames.CLOCK, all, new ClockCheck()),
        new NamedQuestion(PreflightNames.SPACE, all, new SpaceCheck(lenientTrees, registries)),
        new NamedQuestion(PreflightNames.MOUNTS, all, new MountsCheck(cluster)),
        new NamedQuestion(PreflightNames.ENGINES, all, new EnginesCheck()),
        new NamedQuestion(PreflightNames.ADOPT, all, new AdoptionCheck()));
  }

  private List<NamedQuestion> ofTheRegistries() {
    return List.of(
        new NamedQuestion(
            PreflightNames.DATA, isReplica(), new RegistryDataCheck(registries, mode)),
        new NamedQuestion(
            PreflightNames.PROGRAM,
            isReplica(),
            new RegistryProgramCheck(cluster, registries, mode)),
        new NamedQuestion(PreflightNames.PORT, isReplica(), new PortCheck(registries)),
        new NamedQuestion(PreflightNames.LOGIN, isReplica(), new LoginCheck(registries)),
        new NamedQuestion(
            PreflightNames.CERTIFICATE,
            isReplica(),
            new CertificateCheck(registries, Clock.systemUTC())));
  }

  private List<NamedQuestion> ofTheNodes() {
    Predicate<Host> all = PreflightCatalogue::everywhere;
    return List.of(
        new NamedQuestion(PreflightNames.HOSTS_FILE, all, new HostsFileCheck(registries)),
        new NamedQuestion(PreflightNames.SECURITY, all, new SecurityCheck()),
        new NamedQuestion(PreflightNames.PEERS, all, new PeersCheck(registries)),
        new NamedQuestion(PreflightNames.PROXY, all, new ProxyCheck(registries)),
        new NamedQuestion(PreflightNames.MTU, all, new MtuCheck()),
        new NamedQuestion(PreflightNames.ENDPOINTS, all, new EndpointsCheck(registries)),
        new NamedQuestion(
            PreflightNames.SCRIPT,
            host -> cluster.labelled("check").isPresent(),
            new ScriptCheck(cluster, registries.scripts())));
  }

  private Predicate<Host> isReplica() {
    return registries.replicas()::contains;
  }
}
