package org.pocx.aggregator.cli.config;

/** Whether the program computes the qualities of nonces. */
public enum VerificationMode {
    /** It does not. */
    OFF,
    /** In the background, of nonces that were rejected or not sent. */
    AUDIT,
    /** As audit, and before a nonce of a machine is sent that had none confirmed within a day. */
    GATE
}
