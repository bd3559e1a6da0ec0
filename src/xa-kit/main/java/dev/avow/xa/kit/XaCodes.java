package dev.avow.xa.kit;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import javax.transaction.xa.XAException;

/** The names of the return codes. */
final class XaCodes {
    static String nameOf(Throwable failure) {
        return failure instanceof XAException xa
                ? nameOf(xa.errorCode)
                : failure.getClass().getSimpleName();
    }

    private static String nameOf(int code) {
        for (Field field : XAException.class.getFields()) {
            try {
                if (Modifier.isStatic(field.getModifiers())
                        && field.getType() == int.class
                        && field.getInt(null) == code
                        && !field.getName().equals("XA_RBBASE")
                        && !field.getName().equals("XA_RBEND")) {
                    return field.getName();
                }
            } catch (IllegalAccessException hidden) {
                throw new IllegalStateException(hidden);
            }
        }
        return "code " + code;
    }

    private XaCodes() {}
}
