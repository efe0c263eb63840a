package org.pocx.aggregator.cli.control;

import java.util.List;

/**
 * The answer of the running program to a command.
 *
 * @param status the exit status of the command, 0 to 9: 0 for success
 * @param lines the text for the user, without line ends
 */
public record ControlReply(int status, List<String> lines) {
    public ControlReply {
        if (status < 0 || status > 9) {
            throw new IllegalArgumentException("status must be 0 to 9, not " + status);
        }
        lines = List.copyOf(lines);
    }

    /** Returns the form on the wire: a line with the status, then the text. */
    String encode() {
        return status + "\n" + String.join("\n", lines);
    }

    /** Reverses {@link #encode()}. Throws {@link IllegalArgumentException} if the text is of another form. */
    static ControlReply decode(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || lines.getFirst().length() != 1) {
            throw new IllegalArgumentException("not an answer of this program");
        }
        return new ControlReply(Character.digit(lines.getFirst().charAt(0), 10), lines.subList(1, lines.size()));
    }
}
