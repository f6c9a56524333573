package io.hawser.testkit;

/**
 * What a client promises to its caller, whatever is at the other end: the embedded server, OpenSSH,
 * or nothing but memory.
 */
interface SshClientContract
    extends SshExitContract, SshOutputContract, SshCallContract, SshFailureContract {}
