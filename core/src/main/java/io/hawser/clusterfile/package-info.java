/** Start here: {@link io.hawser.clusterfile.Clusterfiles}, which reads a Clusterfile. */
@NullMarked
package io.hawser.clusterfile;

import org.jspecify.annotations.NullMarked;
