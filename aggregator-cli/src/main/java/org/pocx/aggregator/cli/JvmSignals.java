package org.pocx.aggregator.cli;

import java.lang.reflect.Proxy;

/**
 * Handles signals with {@code sun.misc.Signal}. Without it, a JVM always ends with status 143 after SIGTERM. It is called by
 * reflection, because the compiler warns of every direct use.
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
            // The system does not have this signal, or the JVM does not have the class: the default action stays.
            return;
        }
    }
}
