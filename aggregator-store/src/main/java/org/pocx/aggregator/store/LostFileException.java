package org.pocx.aggregator.store;

import java.sql.SQLException;

/** The open files were deleted or replaced. The message begins with what happened. */
final class LostFileException extends SQLException {
    private static final long serialVersionUID = 1L;

    LostFileException(String message) {
        super(message);
    }

    LostFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
