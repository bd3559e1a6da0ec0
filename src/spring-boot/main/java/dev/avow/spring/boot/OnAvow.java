package dev.avow.spring.boot;

import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Somebody has given a log or a database; what is missing or misspelt then is told when the properties are bound. */
final class OnAvow implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Binder binder = Binder.get(context.getEnvironment());
        return List.of("avow.log", "avow.databases").stream()
                .anyMatch(name -> binder.bind(name, Bindable.of(Object.class)).isBound());
    }
}
