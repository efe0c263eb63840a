package org.pocx.aggregator.protocol.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.mining.InvalidFieldException;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.protocol.Samples;

class ResponseCodecTest {
    private static final String REQUIRED = "\"generation_signature\":\"" + Samples.SIGNATURE
            + "\",\"base_target\":5,\"height\":6,\"block_hash\":\"" + Samples.BLOCK_HASH + "\"";

    private static RpcResponse parse(String body) {
        return RpcResponses.parse(body.getBytes(UTF_8));
    }

    private static MiningInfo info(String more) {
        return MiningCodec.decodeMiningInfo(new RawJson("{" + REQUIRED + more + "}"));
    }

    @Test
    void encodedMiningInfo_equalsCapturedResponse() {
        byte[] answer = RpcResponses.result(
                RpcId.of("1327b8ff-60e5-42e0-b6dd-bd4ccafc34df"), MiningCodec.encode(Samples.miningInfo()));
        assertThat(new String(answer, UTF_8)).isEqualTo(Samples.traffic("get_mining_info.answer"));
    }

    @Test
    void encodedReceipt_equalsCapturedResponse() {
        byte[] answer = RpcResponses.result(
                RpcId.of("0561fedf-f6fc-4755-ba9d-dfe07d47523b"),
                MiningCodec.encode(new SubmissionReceipt(2_403_318_822_551_967L, 92)));
        assertThat(new String(answer, UTF_8)).isEqualTo(Samples.traffic("submit_nonce.answer"));
    }

    @Test
    void capturedMiningInfo_isDecoded() {
        RpcResponse.Result answer = (RpcResponse.Result) parse(Samples.traffic("get_mining_info.answer"));
        assertThat(MiningCodec.decodeMiningInfo(answer.result())).isEqualTo(Samples.miningInfo());
    }

    @Test
    void absentOrNullMembers_haveDefaults() {
        MiningInfo expected = new MiningInfo(Samples.SIGNATURE, 5, 6, Samples.BLOCK_HASH);
        assertThat(info("")).isEqualTo(expected);
        assertThat(
                info(",\"target_quality\":null,\"minimum_compression_level\":null,\"target_compression_level\":null"))
                .isEqualTo(expected);
    }

    @Test
    void decimalStrings_areDecodedAsNumbers() {
        MiningInfo info = info(",\"target_quality\":\"18446744073709551614\",\"minimum_compression_level\":\"2\"");
        assertThat(info.targetQuality()).isEqualTo(-2);
        assertThat(info.minimumCompressionLevel()).isEqualTo(2);
    }

    @Test
    void unknownMembers_arePassedOnUnchanged() {
        MiningInfo info =
                info(", \"pool\" : { \"fee\" : 1.50, \"n\":[1e3, null] } ,\"big\":123456789012345678901,\"z\":null");
        assertThat(info.extras())
                .containsExactly(
                        Map.entry("pool", "{ \"fee\" : 1.50, \"n\":[1e3, null] }"),
                        Map.entry("big", "123456789012345678901"),
                        Map.entry("z", "null"));
        assertThat(MiningCodec.encode(info).text())
                .endsWith(",\"pool\":{ \"fee\" : 1.50, \"n\":[1e3, null] },\"big\":123456789012345678901,\"z\":null}");
    }

    @Test
    void extrasAboveTheMaximumNumber_areDropped() {
        String many = IntStream.range(0, 40).mapToObj(i -> ",\"x" + i + "\":1").collect(Collectors.joining());
        assertThat(info(many).extras()).hasSize(MiningInfoReader.MAX_EXTRAS).containsKey("x31");
    }

    @Test
    void extrasAboveTheMaximumSize_areDropped() {
        String big = "\"" + "y".repeat(MiningInfoReader.MAX_EXTRAS_CHARS) + "\"";
        assertThat(info(",\"a\":1,\"b\":" + big + ",\"c\":2").extras()).containsOnlyKeys("a", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"generation_signature", "base_target", "height", "block_hash"})
    void miningInfoWithoutARequiredField_isRejectedByName(String field) {
        String without = "{" + REQUIRED.replace("\"" + field + "\"", "\"other\"") + "}";
        String withNull = without.replace("}", ",\"" + field + "\":null}");
        for (String json : List.of(without, withNull)) {
            assertThatThrownBy(() -> MiningCodec.decodeMiningInfo(new RawJson(json)))
                    .isInstanceOf(InvalidFieldException.class)
                    .hasMessage(field + " is missing");
        }
    }

    @Test
    void miningInfoWithADuplicateField_isRejectedByName() {
        assertThatThrownBy(() -> info(",\"height\":7")).hasMessage("height is there twice");
    }

    @Test
    void miningInfoThatIsNotAnObject_isRejected() {
        assertThatThrownBy(() -> MiningCodec.decodeMiningInfo(new RawJson("[1]")))
                .hasMessage("result must be an object");
    }

    @Test
    void receiptWithoutQuality_usesTheClaim() {
        assertThat(MiningCodec.decodeReceipt(new RawJson("{\"poc_time\":\"9\"}"), 77))
                .isEqualTo(new SubmissionReceipt(77, 9));
        assertThat(MiningCodec.decodeSubmissionResult(new RawJson("{\"raw_quality\":null}")))
                .isEqualTo(new SubmissionResult.NoVerdict());
    }

    @Test
    void receiptWithQuality_isExact() {
        assertThat(MiningCodec.decodeReceipt(new RawJson("{\"raw_quality\":18446744073709551615,\"x\":{}}"), 77))
                .isEqualTo(new SubmissionReceipt(-1, 0));
    }

    @Test
    void errorResponse_isParsedWithItsData() {
        assertThat(parse(
                "{\"id\":3,\"error\":{\"code\":-32001,\"message\":\"no\",\"data\":{\"reason\":\"x\"}},\"result\":null}"))
                .isEqualTo(new RpcResponse.Failure(
                        RpcId.of(3), new RpcError(-32001, "no", Optional.of(new RawJson("{\"reason\":\"x\"}")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "<html>", "[]", "1", "{}", "{\"id\":1}", "{\"id\":1,\"result\":null,\"error\":null}",
        "{\"error\":\"text\"}", "{\"error\":{\"message\":\"m\"}}", "{\"error\":{\"code\":\"x\"}}",
        "{\"result\":{}", "{\"result\":{}} {}", "{\"id\":1,\"result\":{},\"error\":{\"code\":-26}}",
        "{\"id\":[1],\"error\":{\"code\":-26}}", "{\"id\":{},\"result\":{}}", "{\"id\":1,\"error\":{\"code\":1e3}}",
        "{\"id\":1,\"error\":{\"code\":99999999999999999999}}", "{\"id\":1,\"error\":[{\"code\":-26}]}"
    })
    void malformedResponse_isInvalid(String body) {
        assertThat(parse(body)).isInstanceOf(RpcResponse.Invalid.class);
    }

    @Test
    void batch_isOneArrayInOrder() {
        assertThat(new String(RpcResponses.batch(List.of("{1}".getBytes(UTF_8), "{2}".getBytes(UTF_8))), UTF_8))
                .isEqualTo("[{1},{2}]");
    }

    @Test
    void messageWithSpecialCharacters_isEscaped() {
        RpcError error = new RpcError(-1, "a\"b\\c\n\u0000</script>é");
        assertThat(parse(new String(RpcResponses.error(RpcId.NULL, error), UTF_8)))
                .isEqualTo(new RpcResponse.Failure(RpcId.NULL, error));
    }
}
