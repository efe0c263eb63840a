package org.pocx.aggregator.protocol.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.protocol.Samples;

class RpcRequestsTest {

    private static RpcBody parse(String body) {
        return RpcRequests.parse(body.getBytes(UTF_8));
    }

    private static RpcCall single(String body) {
        return ((RpcBody.Single) parse(body)).call();
    }

    private static RpcCall.Malformed malformed(String body) {
        return (RpcCall.Malformed) single(body);
    }

    private static RpcError invalid(byte[] body) {
        return ((RpcBody.Invalid) RpcRequests.parse(body)).error();
    }

    @Test
    void capturedRequest_isParsed() {
        assertThat(single(Samples.traffic("get_mining_info.request")))
                .isEqualTo(new RpcCall.Request(
                        RpcId.of("1327b8ff-60e5-42e0-b6dd-bd4ccafc34df"),
                        "get_mining_info",
                        Optional.of(new RawJson("{}"))));
    }

    @Test
    void encodedRequest_isParsed() {
        assertThat(single(new String(RpcRequests.submitNonce(RpcId.of(7), Samples.submission()), UTF_8)))
                .isEqualTo(new RpcCall.Request(
                        RpcId.of(7), "submit_nonce", Optional.of(MiningCodec.encode(Samples.submission()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "1", "-1", "1.0", "1e3", "1E+3", "0", "-0", "18446744073709551616", "123456789012345678901234567890",
        "0.1000", "null", "\"\"", "\"a b\"", "\"\\u0041\\n\\\"\\ud800\"", "\"é€😀\"", "\" \""
    })
    void id_isKeptUnchanged(String id) {
        assertThat(single("{ \"id\" : " + id + " , \"method\":\"m\"}"))
                .isInstanceOfSatisfying(
                        RpcCall.Request.class, request -> assertThat(request.id().json()).isEqualTo(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "[1]", "true", "false", "{\"a\":[1]}"})
    void idOfAnotherType_isInvalidRequest(String id) {
        assertThat(malformed("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"m\",\"params\":[]}"))
                .isEqualTo(new RpcCall.Malformed(
                        RpcId.NULL, RpcError.invalidRequest("id must be a string, a number or null")));
    }

    @Test
    void membersInAnyOrder_areParsed() {
        assertThat(single(
                "{\"params\":{\"a\":[1,{\"b\":2}]},\"id\":1,\"x\":{\"y\":[]},\"method\":\"m\",\"jsonrpc\":\"2.0\"}"))
                .isEqualTo(new RpcCall.Request(
                        RpcId.of(1), "m", Optional.of(new RawJson("{\"a\":[1,{\"b\":2}]}"))));
    }

    @Test
    void absentVersion_countsAs2() {
        assertThat(single("{\"id\":1,\"method\":\"m\"}")).isInstanceOf(RpcCall.Request.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1.0\"", "\"2\"", "2.0", "null", "[]", "{\"a\":1}"})
    void otherVersion_isInvalidRequestWithItsId(String version) {
        RpcCall.Malformed call = malformed("{\"jsonrpc\":" + version + ",\"method\":\"m\",\"id\":5}");
        assertThat(call.id()).isEqualTo(RpcId.of(5));
        assertThat(call.error().code()).isEqualTo(-32600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonrpc", "method", "params", "id", "other"})
    void duplicateMember_isInvalidRequestThatNamesIt(String name) {
        String value = name.equals("params") ? "{}" : name.equals("jsonrpc") ? "\"2.0\"" : "\"x\"";
        String twice = "\"" + name + "\":" + value + ",\"" + name + "\":" + value;
        String rest = name.equals("method") ? "" : ",\"method\":\"m\"";
        RpcError error = malformed("{" + twice + rest + "}").error();
        assertThat(error.code()).isEqualTo(-32600);
        assertThat(error.message()).endsWith("duplicate member " + name);
    }

    @Test
    void requestWithoutId_isNotification() {
        assertThat(single("{\"jsonrpc\":\"2.0\",\"method\":\"m\"}"))
                .isEqualTo(new RpcCall.Notification("m", Optional.empty()));
    }

    @Test
    void nullParams_countAsAbsent() {
        assertThat(single("{\"method\":\"m\",\"params\":null}"))
                .isEqualTo(new RpcCall.Notification("m", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"a\"", "true"})
    void scalarParams_areInvalidRequest(String params) {
        assertThat(malformed("{\"method\":\"m\",\"params\":" + params + ",\"id\":\"q\"}"))
                .isEqualTo(new RpcCall.Malformed(
                        RpcId.of("q"), RpcError.invalidRequest("params must be an object or an array")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":1}", "{\"id\":1,\"method\":5}", "{\"id\":1,\"method\":null}",
        "{\"id\":1,\"method\":{}}"})
    void missingMethodOrOtherType_isInvalidRequest(String body) {
        assertThat(malformed(body).id()).isEqualTo(RpcId.of(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"a\"", "null", "true"})
    void scalarBody_isInvalidRequest(String body) {
        assertThat(malformed(body).error().code()).isEqualTo(-32600);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "{", "}", "{\"id\":1", "{\"id\":1,}", "[", "[{}", "{\"a\":01}", "{'a':1}", "{\"a\":+1}", "{\"a\":.5}",
        "{\"a\":NaN}", "{\"a\":\"\u0001\"}", "{\"a\":\"\\q\"}", "nul", "{} {}", "{}x", "[1]]", "// c\n{}", "\ufeff{}",
        "{\"method\":\"m\",\"params\":{\"x\":\"\\q\"},\"id\":1}"
    })
    void brokenJson_isParseError(String body) {
        assertThat(invalid(body.getBytes(UTF_8)).code()).isEqualTo(-32700);
    }

    @Test
    void utf16_isParseError() {
        assertThat(invalid("{\"id\":1,\"method\":\"m\"}".getBytes(UTF_16)).code()).isEqualTo(-32700);
    }

    @Test
    void overlongUtf8_isParseError() {
        byte[] body = "{\"id\":\"ab\",\"method\":\"m\"}".getBytes(UTF_8);
        body[7] = (byte) 0xC1;
        body[8] = (byte) 0x81;
        assertThat(invalid(body)).isEqualTo(RpcError.parseError("the body is not UTF-8"));
    }

    @Test
    void nestingAboveTheLimit_isParseError() {
        String deep = "[".repeat(JsonText.MAX_DEPTH + 1) + "]".repeat(JsonText.MAX_DEPTH + 1);
        assertThat(invalid(("{\"method\":\"m\",\"params\":" + deep + "}").getBytes(UTF_8)).code())
                .isEqualTo(-32700);
    }

    @Test
    void nestingAtTheLimit_isParsed() {
        String deep = "[".repeat(JsonText.MAX_DEPTH - 1) + "]".repeat(JsonText.MAX_DEPTH - 1);
        assertThat(single("{\"method\":\"m\",\"params\":" + deep + "}")).isInstanceOf(RpcCall.Notification.class);
    }

    @Test
    void numberAboveTheLimit_isParseError() {
        String number = "1".repeat(JsonText.MAX_NUMBER_CHARS + 1);
        assertThat(invalid(("{\"method\":\"m\",\"id\":" + number + "}").getBytes(UTF_8)).code())
                .isEqualTo(-32700);
    }

    @Test
    void batch_keepsOrderAndReportsEachInvalidCall() {
        RpcBody.Batch batch = (RpcBody.Batch) parse("[{\"id\":1,\"method\":\"a\"},3,[],{\"method\":\"b\"},{\"id\":2}]");
        assertThat(batch.calls())
                .extracting(Object::getClass)
                .isEqualTo(java.util.List.of(
                        RpcCall.Request.class,
                        RpcCall.Malformed.class,
                        RpcCall.Malformed.class,
                        RpcCall.Notification.class,
                        RpcCall.Malformed.class));
    }

    @Test
    void emptyBatch_isInvalidRequest() {
        assertThat(invalid("[]".getBytes(UTF_8)).code()).isEqualTo(-32600);
    }

    @Test
    void batchAtTheLimit_isParsed() {
        assertThat(((RpcBody.Batch) parse(batchOf(RpcRequests.MAX_BATCH))).calls()).hasSize(RpcRequests.MAX_BATCH);
    }

    @Test
    void batchAboveTheLimit_isInvalidRequest() {
        assertThat(invalid(batchOf(RpcRequests.MAX_BATCH + 1).getBytes(UTF_8)).code())
                .isEqualTo(-32600);
    }

    private static String batchOf(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> "{\"method\":\"m\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
