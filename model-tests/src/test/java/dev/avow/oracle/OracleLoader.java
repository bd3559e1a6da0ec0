package dev.avow.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;

/**
 * Gives each oracle a TLC of its own: TLC keeps the specification in statics ({@code TLCState.vars}, {@code ModelValue},
 * {@code UniqueString}), so two specifications in one class loader would spoil each other.
 */
final class OracleLoader extends URLClassLoader {
    private static final String JUDGE = "dev.avow.oracle.tlc.TlcOracle";
    /** What lives in the class loader thrown away with the oracle. */
    private static final String OWN = "dev.avow.oracle.tlc.";

    private OracleLoader(URL[] places) {
        super(places, ClassLoader.getPlatformClassLoader());
    }

    static SpecOracle load(Path module, Path config) {
        OracleLoader loader = new OracleLoader(new URL[] {placeOf(tlc2.TLC.class), placeOf(OracleLoader.class)});
        try {
            return (SpecOracle) loader.loadClass(JUDGE)
                    .getDeclaredConstructor(Path.class, Path.class, AutoCloseable.class)
                    .newInstance(module, config, loader);
        } catch (InvocationTargetException failure) {
            loader.abandon();
            throw new IllegalArgumentException(
                    "TLC can't load " + module + " with " + config + ": " + failure.getCause(), failure.getCause());
        } catch (ReflectiveOperationException failure) {
            loader.abandon();
            throw new IllegalStateException("the oracle's own class can't be loaded", failure);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        // The interface is the one thing that both sides share.
        return name.startsWith("dev.avow.") && !name.startsWith(OWN)
                ? Class.forName(name, true, OracleLoader.class.getClassLoader())
                : super.findClass(name);
    }

    static URL placeOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return source.getLocation().toURI().toURL();
        } catch (MalformedURLException | java.net.URISyntaxException failure) {
            throw new IllegalStateException("no place of " + type, failure);
        }
    }

    private void abandon() {
        try {
            close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
