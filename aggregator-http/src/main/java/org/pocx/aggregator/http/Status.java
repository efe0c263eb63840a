package org.pocx.aggregator.http;

/** The reason phrases of the HTTP status codes that are used. */
final class Status {
    private Status() {}

    /** The code and the reason phrase, as in a status line. */
    static String line(int code) {
        String words =
                switch (code) {
                    case 200 -> "OK";
                    case 204 -> "No Content";
                    case 304 -> "Not Modified";
                    case 400 -> "Bad Request";
                    case 401 -> "Unauthorized";
                    case 403 -> "Forbidden";
                    case 404 -> "Not Found";
                    case 405 -> "Method Not Allowed";
                    case 413 -> "Content Too Large";
                    case 414 -> "URI Too Long";
                    case 417 -> "Expectation Failed";
                    case 431 -> "Request Header Fields Too Large";
                    case 500 -> "Internal Server Error";
                    case 501 -> "Not Implemented";
                    case 503 -> "Service Unavailable";
                    case 505 -> "HTTP Version Not Supported";
                    default -> "Status";
                };
        return code + " " + words;
    }
}
