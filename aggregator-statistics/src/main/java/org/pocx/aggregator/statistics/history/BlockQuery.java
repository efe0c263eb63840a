package org.pocx.aggregator.statistics.history;

import java.util.function.Predicate;

/**
 * A query for won blocks, those that were seen last first.
 *
 * @param page the part of the list
 * @param subject the account or machine that won; {@link LuckSubject#FARM} for all
 */
public record BlockQuery(HistoryPage page, LuckSubject subject) {

    /**
     * {@return whether the block matches, regardless of the page}
     *
     * @param block the block to check
     */
    public boolean matches(WonBlock block) {
        Predicate<String> wanted = subject.id()::equals;
        return switch (subject.kind()) {
            case FARM -> true;
            case ACCOUNT -> wanted.test(block.accountId());
            case MACHINE -> block.finder().map(WonBlock.Finder::machine).filter(wanted).isPresent();
        };
    }
}
