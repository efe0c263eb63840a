package org.pocx.aggregator.core.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Marks a test that measures time or memory: it needs a machine that does nothing else, so it runs with {@code -Pheavy} only. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(named = "pocx.heavy", matches = "true", disabledReason = "measures time or memory, which needs an idle machine; run it with -Pheavy")
public @interface Heavy {}
