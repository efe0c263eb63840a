package org.pocx.aggregator.cli.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pocx.aggregator.core.testkit.Await;

/**
 * What ntfy (publishing with a message template) and Telegram (the method sendMessage of the Bot API) require of a request,
 * and what they make of it.
 */
final class MessageServices implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BOT = Pattern.compile("/bot([0-9]+:[A-Za-z0-9_-]+)/sendMessage");
    private static final Pattern TOPIC = Pattern.compile("/([-_A-Za-z0-9]{1,64})");
    private static final Pattern FIELD = Pattern.compile("\\{\\{\\.([a-zA-Z]+)}}");
    private static final int LONGEST = 4_096;

    private final HttpServer server;
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    private MessageServices() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    static MessageServices start() throws IOException {
        return new MessageServices();
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Topic, title and message of ntfy; token, chat and text of Telegram. */
    List<String> messages() {
        return messages;
    }

    /** Why requests were refused. */
    List<String> refused() {
        return refused;
    }

    /** Returns when a message holds these words, or one was refused. */
    void await(String words) {
        Await.until(
                words,
                () -> !refused.isEmpty() || messages.stream().anyMatch(message -> message.contains(words)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        int status = 200;
        try {
            messages.add(read(exchange));
        } catch (IllegalArgumentException | IOException e) {
            status = 400;
            refused.add(e.toString());
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static String read(HttpExchange exchange) throws IOException {
        require(exchange.getRequestMethod().equals("POST"), "method");
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        String path = exchange.getRequestURI().getPath();
        Map<String, String> query = query(exchange);
        return BOT.matcher(path).matches()
                ? telegram(BOT.matcher(path).replaceFirst("$1"), exchange, query, body)
                : ntfy(path, query, body);
    }

    private static String ntfy(String path, Map<String, String> query, JsonNode body) {
        require(TOPIC.matcher(path).matches(), "topic");
        require(List.of("yes", "true", "1").contains(query.getOrDefault("template", "")), "template");
        require(List.of("1", "2", "3", "4", "5", "min", "low", "default", "high", "max", "urgent", "")
                .contains(query.getOrDefault("priority", "")), "priority");
        String message = fill(query.getOrDefault("message", ""), body);
        require(!message.isEmpty(), "message");
        require(message.getBytes(StandardCharsets.UTF_8).length <= LONGEST, "message is too long");
        return path.substring(1) + "|" + fill(query.getOrDefault("title", ""), body) + "|" + message;
    }

    /** A template of Go with members of the body only. */
    private static String fill(String template, JsonNode body) {
        String filled = FIELD.matcher(template).replaceAll(match -> {
            require(body.path(match.group(1)).isTextual(), match.group(1));
            return Matcher.quoteReplacement(body.get(match.group(1)).asText());
        });
        require(!FIELD.matcher(filled).find() && (!template.contains("{{") || !filled.equals(template)), "template");
        return filled;
    }

    /** It takes parameters from the query and from a JSON body, and ignores unknown ones. */
    private static String telegram(String token, HttpExchange exchange, Map<String, String> query, JsonNode body) {
        require(
                String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")).contains("application/json"),
                "content type");
        String chat = query.getOrDefault("chat_id", body.path("chat_id").asText());
        String text = query.getOrDefault("text", body.path("text").asText());
        require(chat.matches("-?[0-9]+"), "chat_id");
        require(!text.isBlank() && text.length() <= LONGEST, "text");
        return token + "|" + chat + "|" + text;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        for (String part : exchange.getRequestURI().getRawQuery().split("&")) {
            String[] pair = part.split("=", 2);
            query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
