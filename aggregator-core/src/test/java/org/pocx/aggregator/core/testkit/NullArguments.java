package org.pocx.aggregator.core.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;

/** Checks that public records refuse null when they are made, instead of failing later. */
public final class NullArguments {
    private NullArguments() {}

    /**
     * Makes a copy of a record for each of its objects, with null instead of it: each must be refused by its name. An object
     * that is null in the good record may be null.
     */
    public static void areRefusedBy(Record good) throws ReflectiveOperationException {
        RecordComponent[] parts = good.getClass().getRecordComponents();
        Constructor<?> constructor = good.getClass()
                .getConstructor(Stream.of(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
        for (int i = 0; i < parts.length; i++) {
            Object[] values = valuesOf(good, parts);
            if (values[i] != null && !parts[i].getType().isPrimitive()) {
                values[i] = null;
                assertThatThrownBy(() -> constructor.newInstance(values))
                        .as("%s without %s", good.getClass().getSimpleName(), parts[i].getName())
                        .cause()
                        .isInstanceOf(NullPointerException.class)
                        .hasMessage(parts[i].getName());
            }
        }
    }

    private static Object[] valuesOf(Record good, RecordComponent[] parts) throws ReflectiveOperationException {
        Object[] values = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = parts[i].getAccessor().invoke(good);
        }
        return values;
    }
}
