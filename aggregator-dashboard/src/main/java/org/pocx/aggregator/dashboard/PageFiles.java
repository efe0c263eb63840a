package org.pocx.aggregator.dashboard;

import com.sun.net.httpserver.HttpHandler;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pocx.aggregator.dashboard.http.Content;
import org.pocx.aggregator.dashboard.http.QueryHandler;

/** The files of the page in the jar. */
final class PageFiles {
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    private static final List<String> SCRIPTS = List.of(
            "app", "badplots", "blocks", "capacity", "charts", "dom", "events", "farm", "findings", "format", "groups",
            "known", "live", "names", "now", "overlaps", "round", "sparkline", "status", "table", "tables", "theme",
            "upstreams");

    private PageFiles() {}

    static Map<String, HttpHandler> endpoints() {
        Stream<Map.Entry<String, Content>> scripts =
                SCRIPTS.stream().map(name -> file("/" + name + ".js", "page/" + name + ".js", SCRIPT));
        Stream<Map.Entry<String, Content>> others = Stream.of(
                file("/", "page/index.html", "text/html; charset=utf-8"),
                file("/style.css", "page/style.css", STYLE),
                file("/icon.svg", "page/icon.svg", "image/svg+xml"),
                file("/uplot/uPlot.js", "uplot/uPlot.iife.min.js", SCRIPT),
                file("/uplot/uPlot.css", "uplot/uPlot.min.css", STYLE),
                file("/uplot/LICENSE", "uplot/LICENSE", "text/plain; charset=utf-8"));
        return Stream.concat(scripts, others)
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> QueryHandler.of(query -> entry.getValue())));
    }

    private static Map.Entry<String, Content> file(String path, String name, String type) {
        return Map.entry(path, Content.resource(PageFiles.class, name, type));
    }
}
