package org.pocx.aggregator.core;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.FakeUpstream;

class AggregatorBuilderTest {
    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.5S", "PT1.5S", "PT-5S", "PT86401S", "P400D"})
    void blockTimeOutOfItsRange_isRefused(String time) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().blockTime(Duration.parse(time)))
                .withMessageStartingWith("blockTime must be ")
                .withMessageEndingWith(Duration.parse(time).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "P1D"})
    void blockTimeAtTheEndsOfItsRange_isTaken(String time) {
        builder().blockTime(Duration.parse(time)).build().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.009S", "PT1H0.001S"})
    void pollIntervalOutOfItsRange_isRefused(String interval) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().pollInterval(Duration.parse(interval)))
                .withMessage("pollInterval must be PT0.01S to PT1H, not " + Duration.parse(interval));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.01S", "PT1H"})
    void pollIntervalAtTheEndsOfItsRange_isTaken(String interval) {
        builder().pollInterval(Duration.parse(interval)).build().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.001S", "P366D"})
    void staleIfErrorOutOfItsRange_isRefused(String time) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().staleIfError(Duration.parse(time)))
                .withMessageStartingWith("staleIfError must be PT0S to PT8760H, not ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "P365D"})
    void staleIfErrorAtTheEndsOfItsRange_isTaken(String time) {
        builder().staleIfError(Duration.parse(time)).build().close();
    }

    @Test
    void numbersBelowOne_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().maxInFlight(0))
                .withMessage("maxInFlight must be at least 1, not 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 33})
    void filterThatWantsNoneOrTooMany_isRefused(int best) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().filter(new BestPerAll(best)))
                .withMessage("the filter's bestPerKey must be 1 to 32, not " + best);
    }

    private record BestPerAll(int bestPerKey) implements SubmissionFilter {
        @Override
        public String keyOf(NonceSubmission submission) {
            return "all";
        }
    }

    @ParameterizedTest
    @MethodSource("settersOfObjects")
    void nullArgument_isRefusedAtOnceByItsName(Method setter) {
        assertThatNullPointerException()
                .isThrownBy(() -> call(setter, builder()))
                .withMessage(setter.getName());
    }

    static Stream<Method> settersOfObjects() {
        return Arrays.stream(AggregatorBuilder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getParameterCount() == 1 && !method.getParameterTypes()[0].isPrimitive());
    }

    private static void call(Method setter, AggregatorBuilder builder) throws Throwable {
        try {
            setter.invoke(builder, (Object) null);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void builderWithoutUpstream_saysWhatIsMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Aggregator.builder().build())
                .withMessageContaining("no upstream");
    }

    @Test
    void everythingElse_hasADefault() {
        builder().build().close();
    }

    private static AggregatorBuilder builder() {
        return Aggregator.builder().upstream(new FakeUpstream());
    }
}
