package org.pocx.aggregator.core.upstream;

/** How an upstream is, as far as is known. */
public enum UpstreamState {
    /** It has not been asked yet, or had no time to answer. */
    UNKNOWN("unknown"),
    /** It answers, and nothing is wrong. */
    OK("ok"),
    /** Its last answer to a poll was an error, or there was none. */
    UNREACHABLE("unreachable"),
    /** It answers polls, and gives no verdicts on nonces. */
    NOT_FORWARDING("not forwarding"),
    /** It is still synchronising with its network. */
    SYNCHRONISING("synchronising"),
    /** Its height is behind that of another upstream. */
    BEHIND("behind"),
    /** It has announced no block hash in common with the active one: perhaps it is on another chain. */
    ANOTHER_CHAIN("another chain?");

    private final String label;

    UpstreamState(String label) {
        this.label = label;
    }

    /** {@return how it is shown, in lower case} */
    public String label() {
        return label;
    }
}
