package org.pocx.aggregator.simulator.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers of HTTP/1.1 as bytes. */
public final class HttpAnswers {
    private HttpAnswers() {}

    /**
     * A whole answer.
     *
     * @param contentType empty for none
     * @param headers to send beside Content-Type and Content-Length
     * @param last whether the connection ends with it
     */
    public static byte[] render(
            int status, String contentType, Map<String, String> headers, byte[] body, boolean last) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(' ').append(reason(status));
        head.append("\r\n");
        if (!contentType.isEmpty()) {
            head.append("content-type: ").append(contentType).append("\r\n");
        }
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("connection: ").append(last ? "close" : "keep-alive").append("\r\n");
        if (status != 204) {
            head.append("content-length: ").append(body.length).append("\r\n");
        }
        byte[] headBytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] answer = new byte[headBytes.length + body.length];
        System.arraycopy(headBytes, 0, answer, 0, headBytes.length);
        System.arraycopy(body, 0, answer, headBytes.length, body.length);
        return answer;
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 204 -> "No Content";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "Status " + status;
        };
    }
}
