package org.pocx.aggregator.cli;

import java.lang.reflect.Proxy;

/**
 * Signals by {@code sun.misc.Signal}: the only way to exit 0 after SIGTERM, for a JVM that a shutdown hook alone ends
 * with status 143. By reflection, because compiling against it cannot be done without a warning.
 */
final class JvmSignals implements SignalSource {
    @Override
    public void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            // This system does not have the signal, or this JVM not the class: the default action stays.
            return;
        }
    }
}
