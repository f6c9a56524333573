/**
 * Start here: {@link io.hawser.bootstrap.preflight.PreflightCheck}, a question to hosts before
 * anything is changed. Hawser's own are asked by {@link io.hawser.bootstrap.Bootstrap#preflight()}.
 */
@NullMarked
package io.hawser.bootstrap.preflight;

import org.jspecify.annotations.NullMarked;
