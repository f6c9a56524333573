/** Start here: {@link io.hawser.clusterfile.yaml.YamlStream}. Inside this module only. */
@NullMarked
package io.hawser.clusterfile.yaml;

import org.jspecify.annotations.NullMarked;
