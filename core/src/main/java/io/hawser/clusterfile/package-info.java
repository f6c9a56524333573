/** Start here: to be named. Reading and writing a Clusterfile. */
@NullMarked
package io.hawser.clusterfile;

import org.jspecify.annotations.NullMarked;
