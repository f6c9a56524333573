/** Start here: {@code Clusterfiles}, which reads a Clusterfile. */
@NullMarked
package io.hawser.clusterfile;

import org.jspecify.annotations.NullMarked;
