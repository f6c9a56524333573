/** What sealos left on hosts, and whether it can be taken over. Not for others. */
@NullMarked
package io.hawser.bootstrap.adoption;

import org.jspecify.annotations.NullMarked;
