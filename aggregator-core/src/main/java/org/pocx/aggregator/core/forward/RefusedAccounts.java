package org.pocx.aggregator.core.forward;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of which the upstream takes no nonce this round, with its words. Bounded: the oldest is forgotten first.
 * Not thread-safe: its {@link Lane} guards it.
 */
final class RefusedAccounts {
    private static final int MAX = 1_024;

    /** Null while there is none, as there are many lanes. */
    private @Nullable Map<String, String> wordsByAccount;

    void add(String accountId, String words) {
        if (wordsByAccount == null) {
            wordsByAccount = new LinkedHashMap<>(2);
        }
        wordsByAccount.put(accountId, words);
        if (wordsByAccount.size() > MAX) {
            wordsByAccount.remove(wordsByAccount.keySet().iterator().next());
        }
    }

    /** Why the upstream takes no nonce of the account, or null when it may. */
    @Nullable
    String words(String accountId) {
        return wordsByAccount == null ? null : wordsByAccount.get(accountId);
    }
}
