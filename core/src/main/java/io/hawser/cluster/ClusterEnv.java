package io.hawser.cluster;

/**
 * What the Clusterfile says for all hosts, and what is given for the call.
 *
 * @param own {@code spec.env}
 * @param call given for the call
 * @param order which of the two wins
 */
record ClusterEnv(GivenEnv own, GivenEnv call, EnvOrder order) {}
