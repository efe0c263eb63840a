package org.pocx.aggregator.http.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Lets the tests of a list fail, and no other; at the end the list must be exactly what failed, so all tests must run.
 */
final class ExpectedFailures implements InvocationInterceptor, AfterAllCallback {
    private final Set<String> expected;
    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    /** @param cases that fail, by the test's name; none for a test that has no cases */
    ExpectedFailures(Map<String, List<String>> cases) {
        expected = cases.entrySet().stream()
                .flatMap(test -> names(test.getKey(), test.getValue()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> names(String test, List<String> cases) {
        return cases.isEmpty() ? Stream.of(test) : cases.stream().map(one -> named(test, one));
    }

    private static String named(String test, String oneCase) {
        return test + "[" + oneCase + "]";
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(test, method.getExecutable().getName());
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(test, named(method.getExecutable().getName(), context.getDisplayName()));
    }

    private void run(Invocation<Void> test, String name) throws Throwable {
        try {
            test.proceed();
        } catch (AssertionError | IOException failure) {
            failed.add(name);
            if (!expected.contains(name)) {
                throw failure;
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        assertThat(new TreeSet<>(failed)).as("tests that fail, and tests that are listed").isEqualTo(expected);
    }
}
