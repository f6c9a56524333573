/** Start here: {@link io.hawser.report.Report}, what a call did on each host. */
@NullMarked
package io.hawser.report;

import org.jspecify.annotations.NullMarked;
