package org.pocx.aggregator.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpEnginePropertiesTest {
    private static final String MAX_CONNECTIONS = "jdk.httpserver.maxConnections";

    @AfterEach
    void clear() {
        System.clearProperty(MAX_CONNECTIONS);
    }

    @Test
    void limitOnConnections_isSet() {
        HttpEngineProperties.apply(500);
        assertThat(System.getProperty(MAX_CONNECTIONS)).isEqualTo("500");
    }

    @Test
    void noLimitOnConnections_setsNone() {
        HttpEngineProperties.apply();
        assertThat(System.getProperty(MAX_CONNECTIONS)).isNull();
        assertThat(System.getProperty("sun.net.httpserver.nodelay")).isEqualTo("true");
    }

    @Test
    void propertyThatIsSet_isNotChanged() {
        System.setProperty(MAX_CONNECTIONS, "7");
        HttpEngineProperties.apply(500);
        assertThat(System.getProperty(MAX_CONNECTIONS)).isEqualTo("7");
    }
}
