package org.pocx.aggregator.store;

import java.sql.SQLException;

/** The files that a connection has open are not those of their names any more. Its message begins with what happened. */
final class LostFileException extends SQLException {
    private static final long serialVersionUID = 1L;

    LostFileException(String words) {
        super(words);
    }

    LostFileException(String words, Throwable cause) {
        super(words, cause);
    }
}
