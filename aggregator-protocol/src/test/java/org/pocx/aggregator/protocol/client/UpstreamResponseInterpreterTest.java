package org.pocx.aggregator.protocol.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.protocol.client.Troubles.kind;
import static org.pocx.aggregator.protocol.client.Troubles.trouble;
import static org.pocx.aggregator.protocol.client.Troubles.unreachable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome.Accepted;
import org.pocx.aggregator.core.upstream.SubmitOutcome.Rejected;
import org.pocx.aggregator.core.upstream.SubmitOutcome.Stale;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.core.upstream.UpstreamTrouble.Kind;
import org.pocx.aggregator.protocol.Samples;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;

class UpstreamResponseInterpreterTest {
    private static final RpcId ID = RpcId.of(1);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final UpstreamResponseInterpreter interpreter =
            new UpstreamResponseInterpreter("http://pool/rpc", UpstreamKind.DIRECT, InstantSource.fixed(NOW));

    private final UpstreamResponseInterpreter ofReceipts =
            new UpstreamResponseInterpreter("http://hub/", UpstreamKind.RECEIPTS, InstantSource.fixed(NOW));

    private SubmitOutcome submission(int status, String body) {
        return interpreter.submission(new UpstreamResponse(status, body.getBytes(UTF_8)), ID, 500);
    }

    private MiningInfoOutcome miningInfo(int status, String body) {
        return interpreter.miningInfo(new UpstreamResponse(status, body.getBytes(UTF_8)), ID);
    }

    private static String error(long code, String message, String data) {
        return "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\""
                + (data.isEmpty() ? "" : ",\"data\":" + data) + "},\"id\":1}";
    }

    private static String result(String result) {
        return "{\"result\":" + result + ",\"error\":null,\"id\":1}";
    }

    /** A short form of the outcome, such as {@code Rejected(PROOF)}. */
    private static String brief(Object outcome) {
        String name = outcome.getClass().getSimpleName();
        return switch (outcome) {
            case Rejected rejected -> rejected.badProof() ? name + "(PROOF)" : name + "(REQUEST)";
            case UpstreamTrouble trouble -> trouble.message().reference().isEmpty()
                    ? trouble.kind().name()
                    : trouble.kind() + "(" + trouble.message().reference() + ")";
            default -> name;
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-8     | Invalid height: expected 7, got 6            | Stale",
        "-8     | Unknown named parameter x                    | MISFIT(-8)",
        "-8     | Parameter seed specified multiple times      | MISFIT(-8)",
        "-8     | Invalid compression                          | Rejected(PROOF)",
        "-26    | Block hash mismatch                          | Stale",
        "-26    | Generation signature mismatch                | Stale",
        "-26    | Base target mismatch                         | Stale",
        "-26    | base target mismatch: 5                      | Stale",
        "-26    | PoCX validation failed: bad seed             | Rejected(PROOF)",
        "-26    | PoCX validation failed: block hash mismatch  | Rejected(PROOF)",
        "-1     | submit_nonce height ...                      | MISFIT(-1)",
        "-3     | Wrong type passed                            | MISFIT(-3)",
        "-3     | coinbase_outputs: expected an array          | Rejected(REQUEST)",
        "-5     | coinbase_outputs: invalid address            | Rejected(REQUEST)",
        "-5     | No private key available for account         | ACCOUNT_REFUSED(-5)",
        "-13    | Please unlock the wallet                     | WALLET_LOCKED",
        "-10    | Submission queue is full                     | BUSY",
        "-28    | Loading block index                          | BUSY",
        "-32603 | Internal error                               | BUSY",
        "-32000 | Server error                                 | BUSY",
        "-32006 | Rate limited                                 | BUSY",
        "-32007 | Account not assigned                         | ACCOUNT_REFUSED(-32007)",
        "-32001 | Invalid submission                           | Rejected(PROOF)",
        "-32001 | STALE nonce                                  | Stale",
        "-32001 | wrong Block Hash                             | Stale",
        "-32001 | chain has forked                             | Stale",
        "-32002 | Wrong height                                 | Stale",
        "-32003 | Stale submission                             | Stale",
        "-32004 | Authentication required                      | UNAUTHORIZED",
        "-32005 | Invalid authentication                       | UNAUTHORIZED",
        "-32601 | Method not found                             | MISFIT(-32601)",
        "-32602 | Invalid params                               | UNKNOWN_ERROR(-32602)",
        "-32700 | Parse error                                  | UNKNOWN_ERROR(-32700)",
        "42     | ?                                            | UNKNOWN_ERROR(42)",
        "4294967268 | -28 in 32 bits                           | UNKNOWN_ERROR(4294967268)"
    })
    void errorOfASubmission_isClassified(long code, String message, String expected) {
        for (int status : new int[] {200, 400, 404, 500}) {
            assertThat(brief(submission(status, error(code, message, "")))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-8     | UNKNOWN_ERROR(-8)",
        "-26    | UNKNOWN_ERROR(-26)",
        "-5     | UNKNOWN_ERROR(-5)",
        "-32001 | UNKNOWN_ERROR(-32001)",
        "-32003 | UNKNOWN_ERROR(-32003)",
        "-13    | WALLET_LOCKED",
        "-10    | BUSY",
        "-28    | BUSY",
        "-32000 | BUSY",
        "-32006 | UPSTREAM_BUSY",
        "-32004 | UNAUTHORIZED",
        "-32601 | UNKNOWN_ERROR(-32601)"
    })
    void errorOfMiningInfo_isClassified(long code, String expected) {
        assertThat(brief(miningInfo(500, error(code, "x", "")))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"raw_quality\":600,\"poc_time\":5}                          | Accepted[rawQuality=600, isTakenOver=false]",
        "{\"accepted\":true,\"quality\":7,\"poc_time\":5}              | Accepted[rawQuality=500, isTakenOver=false]",
        "{\"accepted\":true,\"raw_quality\":600}                       | Accepted[rawQuality=600, isTakenOver=false]",
        "{\"accepted\":false,\"error\":\"bad plot\"}                   | Rejected[message=UpstreamMessage[text=bad plot, reference=], badProof=true]",
        "{\"accepted\":false,\"raw_quality\":5,\"error\":\"bad plot\"} | Rejected[message=UpstreamMessage[text=bad plot, reference=], badProof=true]",
        "{\"accepted\":false}                                          | Rejected[message=UpstreamMessage[text=not accepted, reference=], badProof=true]",
        "{\"accepted\":false,\"error\":\"Block hash mismatch\"}        | Stale[message=UpstreamMessage[text=Block hash mismatch, reference=]]"
    })
    void resultOfASubmission_isClassified(String result, String expected) {
        assertThat(submission(200, result(result))).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"poc_time\":5}", "{\"raw_quality\":null}", "{\"accepted\":\"yes\"}"})
    void resultWithoutAVerdict_isUnreachable(String result) {
        assertThat(unreachable(submission(200, result(result))).message().text()).contains("has no verdict");
    }

    @Test
    void capturedStaleError_isStaleWithItsReason() {
        String data = "{\"reason\":\"unexpected block hash, stale submission?\"}";
        assertThat(submission(200, error(-32001, "Invalid submission", data)))
                .isEqualTo(new Stale(
                        new UpstreamMessage("Invalid submission: unexpected block hash, stale submission?", "-32001")));
    }

    @Test
    void invalidSubmissionWithAnotherReason_isRejected() {
        assertThat(submission(200, error(-32001, "Invalid submission", "{\"reason\":\"bad seed\"}")))
                .isEqualTo(new Rejected(new UpstreamMessage("Invalid submission: bad seed", "-32001"), true));
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "1.2, 2", "'\"8\"', 8"})
    void retryAfterInTheErrorData_isUsed(String json, long seconds) {
        assertThat(submission(200, error(-32006, "slow down", "{\"retry_after\":" + json + "}")))
                .isEqualTo(UpstreamTrouble.busy("slow down").withRetryAfter(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"raw_quality\":77,\"poc_time\":3}           | 77",
        "{\"raw_quality\":\"77\"}                      | 77",
        "{\"raw_quality\":18446744073709551615}        | -1",
        "{\"poc_time\":1.5,\"accepted\":true}          | 500"
    })
    void resultObject_isAccepted(String result, long rawQuality) {
        assertThat(submission(200, result(result))).isEqualTo(new Accepted(rawQuality));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "\"ok\"", "[]", "5", "{\"raw_quality\":-1}", "{\"raw_quality\":1.5}",
        "{\"raw_quality\":[]}"})
    void invalidResult_isUnreachable(String result) {
        assertThat(kind(submission(200, result(result)))).isEqualTo(Kind.UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"result\":{},\"id\":2}", "{\"result\":{},\"id\":\"1\"}", "{\"result\":{}}", "{\"result\":{},\"id\":null}",
        "{\"error\":{\"code\":-5,\"message\":\"x\"},\"id\":2}"
    })
    void responseWithAWrongId_isUnreachable(String body) {
        assertThat(submission(200, body))
                .isEqualTo(
                        UpstreamTrouble.unreachable("http://pool/rpc: the response is for another request (wrong id)"));
    }

    @Test
    void errorWithNullId_isClassified() {
        assertThat(kind(submission(200, "{\"error\":{\"code\":-28,\"message\":\"x\"},\"id\":null}")))
                .isEqualTo(Kind.BUSY);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void status401And403_areUnauthorizedWithAnyBody(int status) {
        assertThat(kind(submission(status, result("{}")))).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(kind(miningInfo(status, ""))).isEqualTo(Kind.UNAUTHORIZED);
    }

    @ParameterizedTest
    @CsvSource({"429", "503"})
    void status429And503_areBusyForTheWholeUpstream(int status) {
        assertThat(brief(submission(status, ""))).isEqualTo("UPSTREAM_BUSY");
        assertThat(brief(submission(status, error(-32006, "x", "")))).isEqualTo("UPSTREAM_BUSY");
        assertThat(brief(submission(status, error(-32601, "x", "")))).isEqualTo("UPSTREAM_BUSY");
        assertThat(brief(miningInfo(status, "<html>"))).isEqualTo("UPSTREAM_BUSY");
    }

    @Test
    void status429And503WithAVerdict_areTheVerdict() {
        assertThat(submission(503, error(-32003, "Stale", ""))).isInstanceOf(Stale.class);
        assertThat(submission(429, result("{\"accepted\":true}"))).isInstanceOf(Accepted.class);
    }

    @Test
    void textBodyOfStatus503_isInTheMessage() {
        assertThat(submission(503, "Work queue depth exceeded"))
                .isEqualTo(UpstreamTrouble.upstreamBusy("http://pool/rpc: HTTP 503, Work queue depth exceeded"));
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "' 7 ', 7",
        "0, 0",
        "99999999999999999999, 86400",
        "'Sun, 01 Mar 2026 12:00:20 GMT', 20",
        "'Sun, 01 Mar 2026 11:00:00 GMT', 0",
        "'Mon, 01 Mar 2027 12:00:00 GMT', 86400"
    })
    void retryAfterHeader_isUsed(String header, long seconds) {
        UpstreamResponse response =
                new UpstreamResponse(503, Optional.of(header), Optional.empty(), Optional.empty(), false, new byte[0]);
        assertThat(trouble(interpreter.submission(response, ID, 1)).retryAfter()).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "NaN"})
    void invalidRetryAfterHeader_isIgnored(String header) {
        UpstreamResponse response =
                new UpstreamResponse(429, Optional.of(header), Optional.empty(), Optional.empty(), false, new byte[0]);
        assertThat(trouble(interpreter.submission(response, ID, 1)).retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "200 | <html></html> | HTTP 200 with an HTML page instead of a JSON-RPC response",
        "200 | {\"id\":1     | HTTP 200 with a body that is not valid JSON instead of a JSON-RPC response",
        "200 | {\"ok\":true} | HTTP 200 with JSON with neither result nor error instead of a JSON-RPC response",
        "204 | ''            | HTTP 204 with a body that is not a JSON object instead of a JSON-RPC response",
        "404 | Not found     | HTTP 404, no JSON-RPC there; check the path of the upstream's URL",
        "405 | {\"x\":1}     | HTTP 405, no JSON-RPC there; check the path of the upstream's URL",
        "502 | <html></html> | HTTP 502 with an HTML page instead of a JSON-RPC response"
    })
    void responseWithoutJsonRpc_isUnreachableWithTheCause(int status, String body, String message) {
        assertThat(submission(status, body)).isEqualTo(UpstreamTrouble.unreachable("http://pool/rpc: " + message));
        assertThat(miningInfo(status, body)).isEqualTo(UpstreamTrouble.unreachable("http://pool/rpc: " + message));
    }

    private static UpstreamResponse redirect(String location) {
        return new UpstreamResponse(301, Optional.empty(), Optional.of(location), Optional.empty(), false, new byte[0]);
    }

    @Test
    void compressedBody_isNotDecompressed() {
        UpstreamResponse response = new UpstreamResponse(
                200, Optional.empty(), Optional.empty(), Optional.of("gzip"), false, new byte[] {0x1f, (byte) 0x8b, 8});
        assertThat(interpreter.miningInfo(response, ID))
                .isEqualTo(UpstreamTrouble.unreachable(
                        "http://pool/rpc: HTTP 200 with a compressed body (Content-Encoding: gzip), which was not"
                                + " requested, instead of a JSON-RPC response"));
    }

    @Test
    void redirect_isReportedAndNotFollowed() {
        UpstreamResponse response = redirect("https://other/\u0007");
        assertThat(interpreter.submission(response, ID, 1))
                .isEqualTo(UpstreamTrouble
                        .unreachable("http://pool/rpc: HTTP 301 redirects to https://other/?, which is not followed;"
                                + " if that is your upstream, set upstream.url to it"));
    }

    @Test
    void redirectWithASecret_isReportedWithoutIt() {
        UpstreamResponse response = redirect("https://me:secret@other/rpc?token=secret\u0085#secret");
        assertThat(unreachable(interpreter.submission(response, ID, 1)).message().text())
                .contains("redirects to https://other/rpc, ")
                .doesNotContain("secret");
    }

    @Test
    void miningInfo_isFetched() {
        String body = Samples.traffic("get_mining_info.answer").replaceFirst("\"id\":\"[^\"]*\"", "\"id\":1");
        assertThat(miningInfo(200, body)).isEqualTo(new MiningInfoOutcome.Fetched(Samples.miningInfo()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"base_target\":439804651110 | \"base_target\":0  | base_target must be greater than 0",
        "\"block_hash\":\"7e          | \"block_hash\":\"x | block_hash must be 64 hex characters",
        "\"height\":0                 | \"height\":1.5     | height must be an integer from 0 to 18446744073709551615"
    })
    void invalidMiningInfo_isUnreachable(String from, String to, String fault) {
        String body = Samples.traffic("get_mining_info.answer")
                .replaceFirst("\"id\":\"[^\"]*\"", "\"id\":1")
                .replace(from, to);
        assertThat(miningInfo(200, body))
                .isEqualTo(UpstreamTrouble.unreachable("http://pool/rpc: invalid mining info: " + fault));
    }

    @Test
    void upstreamMessage_isSanitizedAndShortened() {
        String message = "a\\u0000\\u001b[31m\\u202e\\n" + "x".repeat(400);
        Rejected rejected = (Rejected) submission(200, error(-26, message, ""));
        assertThat(rejected.message().text()).startsWith("a??[31m??xxx").hasSize(MessageSanitizer.MAX_CHARS);
    }

    @Test
    void errorWithoutMessage_isReportedByItsCode() {
        assertThat(submission(200, "{\"error\":{\"code\":-13},\"id\":1}"))
                .isEqualTo(UpstreamTrouble.walletLocked("error -13"));
    }

    // ---- other aggregators

    private SubmitOutcome waited(int status, String body) {
        UpstreamResponse response = new UpstreamResponse(
                status, Optional.empty(), Optional.empty(), Optional.empty(), true, body.getBytes(UTF_8));
        return interpreter.submission(response, ID, 500);
    }

    @Test
    void rateLimited_isHeld_onlyIfTheUpstreamWaitedForAVerdict() {
        String body = error(-32006, "no verdict yet", "");

        assertThat(waited(200, body)).isEqualTo(new SubmitOutcome.Held(UpstreamMessage.of("no verdict yet")));
        assertThat(waited(503, body)).isInstanceOf(SubmitOutcome.Held.class);
        assertThat(kind(submission(200, body))).isEqualTo(Kind.BUSY);
    }

    @Test
    void verdictsOfAnUpstreamThatWaited_areThoseOfEveryUpstream() {
        assertThat(waited(200, result("{\"raw_quality\":600}"))).isEqualTo(new Accepted(600));
        assertThat(waited(200, error(-26, "PoCX validation failed", ""))).isInstanceOf(Rejected.class);
        assertThat(kind(waited(200, error(-32007, "not assigned", "")))).isEqualTo(Kind.ACCOUNT_REFUSED);
        assertThat(waited(200, error(-32003, "stale", ""))).isInstanceOf(Stale.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"raw_quality\":500,\"poc_time\":1,\"filtered\":true}  | Filtered",
        "{\"filtered\":true,\"accepted\":true}                  | Filtered",
        "{\"raw_quality\":500,\"filtered\":false}              | Accepted",
        "{\"raw_quality\":500,\"filtered\":[true]}             | Accepted",
        "{\"filtered\":true,\"accepted\":false}                 | Rejected",
    })
    void filteredResult_isNoConfirmation(String result, String outcome) {
        assertThat(submission(200, result(result)).getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void filteredWithoutAnythingElse_isNoVerdict() {
        assertThat(kind(submission(200, result("{\"filtered\":true}")))).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void resultOfAnUpstreamThatGivesReceipts_isNoConfirmation() {
        byte[] quality = result("{\"raw_quality\":600}").getBytes(UTF_8);
        byte[] accepted = result("{\"accepted\":true}").getBytes(UTF_8);

        assertThat(ofReceipts.submission(new UpstreamResponse(200, quality), ID, 500))
                .isEqualTo(new Accepted(600, true));
        assertThat(ofReceipts.submission(new UpstreamResponse(200, accepted), ID, 500))
                .isEqualTo(new Accepted(500, true));
    }
}
