package io.hawser.cluster;

/** Which wins: environment given for a call, or that of the Clusterfile. */
public enum EnvOrder {
  /** As sealos orders it for scripts: the Clusterfile's {@code spec.env} beats the call's. */
  CLUSTERFILE_WINS,
  /** What is given for the call beats the Clusterfile, also the hosts' own. */
  CALL_WINS
}
