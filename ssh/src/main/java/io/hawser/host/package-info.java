/** Start here: to be named. Every change on a host, journalled and undoable. */
@NullMarked
package io.hawser.host;

import org.jspecify.annotations.NullMarked;
