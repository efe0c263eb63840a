package org.pocx.aggregator.protocol.server;

import java.util.function.Supplier;

/** The access rules in force. Thread-safe: one volatile reference, replaced as a whole. */
final class CurrentAccessRules implements Supplier<AccessRules> {
    private volatile Now now;

    private record Now(AccessRules rules, BasicAuthChecker auth) {
        Now(AccessRules rules) {
            this(rules, new BasicAuthChecker(rules.logins()));
        }
    }

    CurrentAccessRules(AccessRules rules) {
        now = new Now(rules);
    }

    @Override
    public AccessRules get() {
        return now.rules();
    }

    BasicAuthChecker auth() {
        return now.auth();
    }

    void set(AccessRules changed) {
        now = new Now(changed);
    }
}
