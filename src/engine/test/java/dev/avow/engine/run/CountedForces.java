package dev.avow.engine.run;

import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogOptions;
import dev.avow.engine.log.FileDecisionLog;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A decision log on the real disk whose forces are counted. The log's files are its own affair and not public: this
 * reaches them by reflection, so that they can stay so.
 */
final class CountedForces {
    private static final String FILES = "dev.avow.engine.log.LogFiles";
    private static final String FILE = "dev.avow.engine.log.LogFile";

    private final AtomicLong forces = new AtomicLong();

    long count() {
        return forces.get();
    }

    DecisionLog open(Path directory) throws ReflectiveOperationException {
        Class<?> files = Class.forName(FILES);
        Field disk = Class.forName("dev.avow.engine.log.DiskFiles").getDeclaredField("DISK");
        disk.setAccessible(true);
        Method open = FileDecisionLog.class.getDeclaredMethod("open", Path.class, LogOptions.class, files);
        open.setAccessible(true);
        return (DecisionLog) open.invoke(null, directory, LogOptions.defaults(), counting(files, disk.get(null)));
    }

    private Object counting(Class<?> type, Object real) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getName().equals("force")) {
                forces.incrementAndGet();
            }
            method.setAccessible(true);
            Object result = invoked(method, real, arguments);
            return method.getReturnType().getName().equals(FILE) ? counting(method.getReturnType(), result) : result;
        });
    }

    private static Object invoked(Method method, Object real, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
