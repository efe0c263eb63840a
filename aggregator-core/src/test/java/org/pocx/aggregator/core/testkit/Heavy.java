package org.pocx.aggregator.core.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Marks a test that is not part of the gate, because it measures time or memory or takes long. It runs with {@code -Pheavy} only. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(named = "pocx.heavy", matches = "true", disabledReason = "measures time or memory, or takes long; run it with -Pheavy")
public @interface Heavy {}
