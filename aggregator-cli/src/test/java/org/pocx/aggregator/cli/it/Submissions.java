package org.pocx.aggregator.cli.it;

/** Texts of a farm's traffic in one round. */
final class Submissions {
    /** The answer to get_mining_info; {@code ID} stands where the request's id belongs. */
    static final String INFO = "{\"jsonrpc\":\"2.0\",\"result\":{\"generation_signature\":\"" + "a".repeat(64)
            + "\",\"base_target\":36650387592,\"height\":2000001,\"block_hash\":\"" + "b".repeat(64)
            + "\"},\"id\":ID}";

    /** The answer to every submit_nonce. */
    static final String ACCEPTED = "{\"jsonrpc\":\"2.0\",\"result\":{\"raw_quality\":1,\"poc_time\":1},\"id\":ID}";

    private static final long FIRST_QUALITY = 1_000_000_000_000L;
    private static final int ACCOUNTS = 20;

    private Submissions() {}

    /** A submit_nonce that is better than all of the same account with a lower number. */
    static String improvement(int number) {
        return """
                {"jsonrpc":"2.0","method":"submit_nonce","id":1,"params":{"block_hash":"%s","height":2000001,\
                "generation_signature":"%s","base_target":36650387592,"account_id":"%040x","seed":"%s","nonce":%d,\
                "compression":1,"raw_quality":%d}}"""
                .formatted(
                        "b".repeat(64),
                        "a".repeat(64),
                        1 + number % ACCOUNTS,
                        "c".repeat(64),
                        number,
                        FIRST_QUALITY - number);
    }
}
