package org.pocx.aggregator.protocol.server;

import java.util.function.Supplier;

/** The rules that hold just now. Thread-safe: one volatile reference, replaced as a whole. */
final class LiveRules implements Supplier<AccessRules> {
    private volatile Now now;

    private record Now(AccessRules rules, BasicAuth auth) {
        Now(AccessRules rules) {
            this(rules, new BasicAuth(rules.credentials()));
        }
    }

    LiveRules(AccessRules rules) {
        now = new Now(rules);
    }

    @Override
    public AccessRules get() {
        return now.rules();
    }

    BasicAuth auth() {
        return now.auth();
    }

    void set(AccessRules changed) {
        now = new Now(changed);
    }
}
