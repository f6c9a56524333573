import org.jspecify.annotations.NullMarked;

/** The cluster model, Clusterfile, templates, fan-out over hosts and reports. */
@NullMarked
@SuppressWarnings("module") // fanout, json and spelling are for modules that are compiled later
module io.hawser.core {
  requires com.google.common;
  requires org.slf4j;
  requires org.snakeyaml.engine;
  requires static transitive org.jspecify;

  exports io.hawser;
  exports io.hawser.cluster;
  exports io.hawser.clusterfile;
  exports io.hawser.template;
  exports io.hawser.report;
  exports io.hawser.fanout to
      io.hawser.bootstrap,
      io.hawser.filesystem,
      io.hawser.registry,
      io.hawser.ssh,
      io.hawser.testkit;
  exports io.hawser.json to
      io.hawser.bootstrap,
      io.hawser.filesystem,
      io.hawser.registry;
  exports io.hawser.spelling to
      io.hawser.bootstrap,
      io.hawser.registry;
}
