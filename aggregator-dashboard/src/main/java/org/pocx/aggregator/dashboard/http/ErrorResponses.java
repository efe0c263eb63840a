package org.pocx.aggregator.dashboard.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.dashboard.json.JsonWriter;
import org.pocx.aggregator.http.routing.Router;

/** Sends error responses: as JSON below {@code /api/}, as text elsewhere. */
public final class ErrorResponses implements Router.Fallback {
    private static final System.Logger LOG = System.getLogger(ErrorResponses.class.getName());

    @Override
    public void notFound(HttpExchange exchange) throws IOException {
        refuse(exchange, 404, "Not found. Try /, /stats or /api/openapi.json.", null);
    }

    @Override
    public void methodNotAllowed(HttpExchange exchange, String allowed) throws IOException {
        refuse(exchange, 405, "Only " + allowed.replace(", ", " and ") + ".", null);
    }

    /** Wraps a handler: converts its exceptions to error responses, and finishes each exchange. */
    public static HttpHandler around(HttpHandler inner) {
        return exchange -> {
            try (exchange) {
                serve(exchange, inner);
            }
        };
    }

    private static void serve(HttpExchange exchange, HttpHandler inner) throws IOException {
        try {
            inner.handle(exchange);
        } catch (BadQueryException e) {
            refuse(exchange, 400, String.valueOf(e.getMessage()), e.parameter());
        } catch (RequestRefusedException e) {
            refuse(exchange, e.status(), String.valueOf(e.getMessage()), null);
        } catch (StoreException e) {
            refuse(exchange, 503, String.valueOf(e.getMessage()), null);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "The dashboard could not answer " + exchange.getRequestURI().getPath(),
                    e);
            refuse(exchange, 500, "Internal error; see the log.", null);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String words, @Nullable String parameter)
            throws IOException {
        boolean forPrograms = String.valueOf(exchange.getRequestURI().getPath()).startsWith("/api/");
        ContentResponses.send(exchange, status, forPrograms ? error(words, parameter) : Content.text(words));
    }

    private static Content error(String words, @Nullable String parameter) {
        return Content.json(JsonWriter.render(out -> {
            out.text("error", words);
            if (parameter != null) {
                out.text("parameter", parameter);
            }
        }));
    }
}
