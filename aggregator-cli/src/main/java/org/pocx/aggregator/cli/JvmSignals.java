package org.pocx.aggregator.cli;

import java.lang.reflect.Proxy;

/**
 * Signals by {@code sun.misc.Signal}: the only way to exit 0 after SIGTERM, for a JVM that a shutdown hook alone ends
 * with status 143. By reflection, because compiling against it cannot be done without a warning.
 */
final class JvmSignals implements SignalSource {
    @Override
    public void handle(String name, Runnable action) {
        register(name, handler -> Proxy.newProxyInstance(
                handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                    if (method.getName().equals("handle")) {
                        action.run();
                    }
                    return null;
                }));
    }

    @Override
    public void leave(String name) {
        register(name, handler -> handler.getField("SIG_DFL").get(null));
    }

    private interface HandlerOf {
        Object make(Class<?> handlerType) throws ReflectiveOperationException;
    }

    private static void register(String name, HandlerOf handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            signal.getMethod("handle", signal, type)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), handler.make(type));
        } catch (ReflectiveOperationException e) {
            // This system does not have the signal, or this JVM not the class: the default action stays.
            return;
        }
    }
}
