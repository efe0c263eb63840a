package org.pocx.aggregator.protocol.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.mining.CoinbaseOutputs;
import org.pocx.aggregator.core.mining.InvalidFieldException;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.protocol.Samples;

class SubmissionCodecTest {

    private static NonceSubmission decode(String body) {
        RpcBody.Single single = (RpcBody.Single) RpcRequests.parse(body.getBytes(UTF_8));
        return MiningCodec.decodeSubmission(((RpcCall.Request) single.call()).params().orElseThrow());
    }

    private static InvalidFieldException fault(String body) {
        return catchThrowableOfType(InvalidFieldException.class, () -> decode(body));
    }

    @Test
    void capturedSubmission_isDecoded() {
        assertThat(decode(Samples.traffic("submit_nonce.request"))).isEqualTo(Samples.submission());
    }

    @Test
    void encodedSubmission_equalsCapturedParams() {
        String params = MiningCodec.encode(Samples.submission()).text();
        assertThat(Samples.traffic("submit_nonce.request")).contains("\"params\":" + params + ",");
    }

    @Test
    void positionalParams_areDecodedInFieldOrder() {
        String array = "[\"%s\",0,\"%s\",439804651110,\"%s\",\"%s\",3883,1,2403318822551967]"
                .formatted(Samples.BLOCK_HASH, Samples.SIGNATURE, Samples.ACCOUNT, Samples.SEED);
        assertThat(MiningCodec.decodeSubmission(new RawJson(array))).isEqualTo(Samples.submission());
    }

    @Test
    void tooFewPositionalParams_areRejectedByTheFirstMissingName() {
        assertThatThrownBy(() -> MiningCodec.decodeSubmission(
                new RawJson("[\"" + Samples.BLOCK_HASH + "\",0]")))
                .hasMessage("generation_signature is missing");
    }

    @Test
    void tooManyPositionalParams_areRejected() {
        String array = "[\"%s\",0,\"%s\",1,\"%s\",\"%s\",1,1,1,null,1]"
                .formatted(Samples.BLOCK_HASH, Samples.SIGNATURE, Samples.ACCOUNT, Samples.SEED);
        assertThatThrownBy(() -> MiningCodec.decodeSubmission(new RawJson(array)))
                .hasMessage("params must have 9 or 10 elements");
    }

    private static final String OUTPUTS = "[{\"address\":\"pocx1qexample\",\"amount_sat\":9223372036854775807}]";

    private static NonceSubmission withOutputs(String json) {
        String array = "[\"%s\",0,\"%s\",439804651110,\"%s\",\"%s\",3883,1,2403318822551967,%s]"
                .formatted(Samples.BLOCK_HASH, Samples.SIGNATURE, Samples.ACCOUNT, Samples.SEED, json);
        return MiningCodec.decodeSubmission(new RawJson(array));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]"})
    void nullOrEmptyTenthElement_meansNoOutputs(String json) {
        assertThat(withOutputs(json)).isEqualTo(Samples.submission());
    }

    @Test
    void coinbaseOutputs_areDecodedAndEncodedUnchanged() {
        NonceSubmission positional = withOutputs(OUTPUTS);
        String params = MiningCodec.encode(positional).text();

        assertThat(positional.coinbaseOutputs().outputs())
                .containsExactly(new CoinbaseOutputs.Output("pocx1qexample", Long.MAX_VALUE));
        assertThat(params).endsWith(",\"coinbase_outputs\":" + OUTPUTS + "}");
        assertThat(MiningCodec.decodeSubmission(new RawJson(params))).isEqualTo(positional);
        assertThat(CoinbaseOutputs.ofText(positional.coinbaseOutputs().text())).isEqualTo(positional.coinbaseOutputs());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "5", "{}", "[5]", "[{}]", "[{\"address\":\"a\"}]", "[{\"address\":5,\"amount_sat\":5}]",
        "[{\"address\":\"\",\"amount_sat\":5}]", "[{\"address\":\"a b\",\"amount_sat\":5}]",
        "[{\"address\":\"a\",\"amount_sat\":-5}]", "[{\"address\":\"a\",\"amount_sat\":5,\"more\":1}]"
    })
    void malformedCoinbaseOutputs_areRejected(String json) {
        assertThatThrownBy(() -> withOutputs(json)).hasMessageStartingWith("coinbase_outputs must ");
    }

    @Test
    void tooManyOrTooLongCoinbaseOutputs_areRejected() {
        String one = "{\"address\":\"a\",\"amount_sat\":5},";
        String most = "[" + one.repeat(CoinbaseOutputs.MAX_OUTPUTS - 1) + one.replace("},", "}") + "]";
        assertThat(withOutputs(most).coinbaseOutputs().outputs()).hasSize(64);

        assertThatThrownBy(() -> withOutputs(most.replace("[", "[" + one))).hasMessageContaining("at most 64");
        String large = most.replace("\"a\"", "\"" + "a".repeat(200) + "\"");
        assertThatThrownBy(() -> withOutputs(large)).hasMessageContaining("at most 8192");
    }

    @Test
    void absentParams_areRejected() {
        assertThatThrownBy(() -> MiningCodec.decodeSubmission(null)).hasMessage("params is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "block_hash", "height", "generation_signature", "base_target", "account_id", "seed", "nonce",
        "compression", "raw_quality"
    })
    void missingField_isRejectedByName(String field) {
        String body = Samples.submitWith(field, "0").replace("\"" + field + "\"", "\"other\"");
        InvalidFieldException fault = fault(body);
        assertThat(fault.field()).isEqualTo(field);
        assertThat(fault).hasMessage(field + " is missing");
    }

    @Test
    void unknownField_isIgnored() {
        assertThat(decode(
                Samples.traffic("submit_nonce.request").replace("\"params\":{", "\"params\":{\"x\":{\"nonce\":[]},")))
                .isEqualTo(Samples.submission());
    }

    @ParameterizedTest
    @CsvSource({"nonce", "extra"})
    void duplicateField_isRejectedByName(String field) {
        String body = Samples.traffic("submit_nonce.request")
                .replace("\"params\":{", "\"params\":{\"extra\":1,\"" + field + "\":1,");
        assertThat(fault(body)).hasMessage(field + " is there twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "-1", "-0", "1.5", "1.0", "1e3", "18446744073709551616", "99999999999999999999", "true", "null", "[]",
        "{}", "\"\"", "\"-1\"", "\"+1\"", "\"0x10\"", "\"1.5\"", "\" 1\"", "\"18446744073709551616\"", "\"١\""
    })
    void invalidInteger_isRejectedByName(String value) {
        for (String field : new String[] {"height", "base_target", "nonce", "raw_quality"}) {
            InvalidFieldException fault = fault(Samples.submitWith(field, value));
            assertThat(fault.field()).isEqualTo(field);
            assertThat(fault).hasMessage(field + " must be an integer from 0 to 18446744073709551615");
        }
    }

    @Test
    void tenToThe400_isOutOfRangeAndNotAParseError() {
        assertThat(fault(Samples.submitWith("nonce", "1" + "0".repeat(400))).field()).isEqualTo("nonce");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, -9223372036854775808",
        "18446744073709551615, -1",
        "\"18446744073709551615\", -1",
        "\"007\", 7"
    })
    void u64_isExactAsNumberOrDecimalString(String json, long expected) {
        assertThat(decode(Samples.submitWith("raw_quality", json)).rawQuality()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"256", "-1", "1.0", "18446744073709551615", "\"x\"", "null"})
    void invalidCompression_isRejectedByName(String value) {
        assertThat(fault(Samples.submitWith("compression", value)))
                .hasMessage("compression must be an integer from 0 to 255");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "255, 255", "\"7\", 7"})
    void validCompression_isDecoded(String json, int expected) {
        assertThat(decode(Samples.submitWith("compression", json)).compression()).isEqualTo(expected);
    }

    @Test
    void zeroBaseTarget_isRejectedByName() {
        assertThat(fault(Samples.submitWith("base_target", "0"))).hasMessage("base_target must be greater than 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"ab\"", "\"zz22bf3625c2aaf50ca357c992fe219f37503071db9a25470498cd1620300c03\"",
        "\"é\""})
    void invalidHex_isRejectedByName(String value) {
        assertThat(fault(Samples.submitWith("block_hash", value)).field()).isEqualTo("block_hash");
        assertThat(fault(Samples.submitWith("account_id", value)).field()).isEqualTo("account_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "null", "[]", "{}", "true"})
    void hexOfAnotherType_isRejectedByName(String value) {
        assertThat(fault(Samples.submitWith("seed", value))).hasMessage("seed must be a string");
    }

    @Test
    void upperCaseHex_isDecodedToLowerCase() {
        String upper = Samples.BLOCK_HASH.toUpperCase(Locale.ROOT);
        assertThat(decode(Samples.submitWith("block_hash", "\"" + upper + "\"")).blockHash())
                .isEqualTo(Samples.BLOCK_HASH);
    }

    @Test
    void invalidParamsError_hasTheFieldAsData() {
        RpcError error = RpcError.invalidParams(new InvalidFieldException("a\"b", "is wrong"));
        assertThat(new String(RpcResponses.error(RpcId.of(1), error), UTF_8))
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32602,\"message\":\"Invalid params: a\\\"b is wrong\","
                                + "\"data\":{\"field\":\"a\\\"b\"}},\"id\":1}");
    }
}
