/**
 * Start here: {@code io.hawser.bootstrap.Bootstraps} makes what brings a cluster up; this package
 * holds what every room shares: {@link io.hawser.Secret} and the root of all exceptions.
 */
@NullMarked
package io.hawser;

import org.jspecify.annotations.NullMarked;
