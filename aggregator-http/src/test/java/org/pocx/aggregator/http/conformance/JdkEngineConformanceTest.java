package org.pocx.aggregator.http.conformance;

import com.sun.net.httpserver.spi.HttpServerProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.http.testkit.TlsIdentities;

/** The JDK's engine fails the requirements that are listed here, and meets all others. */
@Timeout(180)
@EnabledForJreRange(min = JRE.JAVA_25, max = JRE.JAVA_25, disabledReason = "the list is that of JDK 25")
class JdkEngineConformanceTest implements HttpConformance {
    /** The cases that fail, by the test's name; a test that has no cases is listed without any. */
    static final Map<String, List<String>> FAILS = Map.ofEntries(
            Map.entry("absoluteForm_isServed", List.of("http://x?b", "http://x")),
            Map.entry("brokenChunkSize_isRejected", List.of("beyond 32 bits")),
            Map.entry("brokenRequestLine_isRejected",
                    List.of("leading space", "lower-case protocol", "method is no token", "other protocol",
                            "space in the target", "trailing space", "two spaces")),
            Map.entry("brokenTarget_isRejected",
                    List.of("*", "/a#b", "?a", "a/b", "a", "http:///a", "http:a", "mailto:x")),
            Map.entry("brokenVersion_isRejected",
                    List.of("HTTP/+1.1", "HTTP/.1", "HTTP/01.1", "HTTP/1.10", "HTTP/1.1x", "HTTP/1.", "HTTP/1")),
            Map.entry("chunkExtension_isIgnored", List.of(" ; a = b")),
            Map.entry("closeWithKeepAliveInHttp10_endsTheConnection", List.of()),
            Map.entry("codingThatIsNotUnderstood_isRejected", List.of("vertical tab after", "vertical tab")),
            Map.entry("connect_isRejected", List.of()),
            Map.entry("connectionThatEndsWithinAHead_isDropped", List.of("head")),
            Map.entry("controlCharacterInAValue_isRejectedOrReplaced", List.of("CR at the end", "NUL")),
            Map.entry("controlCharacterInAnExtension_isRejected", List.of("CR", "NUL")),
            Map.entry("expectationInHttp10_isIgnored", List.of()),
            Map.entry("expectedContinue_isSentBeforeTheBody", List.of("100-Continue", "100-continue")),
            Map.entry("hostOfTheAbsoluteForm_replacesTheField", List.of()),
            Map.entry("invalidContentLength_isRejected", List.of("plus sign", "vertical tab")),
            Map.entry("invalidHost_isRejected",
                    List.of("<x>", "[::1", "http://x", "me@x", "x y", "x\"", "x#y", "x,y z", "x/y", "x:80:80", "x:port",
                            "x?y", "x\\y")),
            Map.entry("largeBodyThatTheHandlerLeaves_doesNotCostTheResponse", List.of()),
            Map.entry("lastResponse_saysClose", List.of("HTTP/1.1⏎Host: x⏎Connection: close⏎⏎")),
            Map.entry("lineFeedAloneInTheHead_endsALineOrIsRejected", List.of()),
            Map.entry("missingHost_isRejected", List.of()),
            Map.entry("otherMajorVersion_isRejected",
                    List.of("HTTP/0.9 with a version", "HTTP/2.0", "HTTP/3.0", "preface of HTTP/2")),
            Map.entry("pathThatBeginsWithTwoSlashes_isAPath", List.of()),
            Map.entry("response_hasADate", List.of("400")),
            Map.entry("targetThatIsTooLong_isAnswered414", List.of()),
            Map.entry("tooLargeFields_areAnsweredWithAClientError", List.of("many lines", "one line")),
            Map.entry("trailer_isReadAndNotMerged",
                    List.of("Content-Length: 9", "Host: y", "Transfer-Encoding: chunked", "b: c", "b: c⏎d: e", "b:")),
            Map.entry("transferEncodingInHttp10_closesTheConnection", List.of()),
            Map.entry("twoHosts_areRejected", List.of("HTTP/1.0", "absolute form", "different", "equal", "other case")),
            Map.entry("userInformationInTheTarget_isRejected", List.of()));

    @RegisterExtension static final ExpectedFailures EXPECTED = new ExpectedFailures(FAILS);

    @TempDir private static Path folder;

    private static ServerUnderTest server;

    @BeforeAll
    static void start() throws IOException {
        server = new ServerUnderTest(
                HttpServerProvider.provider(),
                TlsIdentities.server(TlsIdentities.keyStore(folder, "localhost", "EC")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public ServerUnderTest server() {
        return server;
    }
}
