/** Hawser's side of the benchmarks that {@code lab/bench} runs. */
@NullMarked
package io.hawser.lab.bench;

import org.jspecify.annotations.NullMarked;
