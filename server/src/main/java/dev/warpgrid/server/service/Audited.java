package dev.warpgrid.server.service;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a service's method that writes: an attempt that is refused leaves its trace. What is done the method records itself,
 * because it alone knows before and after.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Audited {
    /** For example {@code deployment.apply}. */
    @Nonbinding
    String value() default "";

    /** Which argument names the namespace; 0 is the caller, and -1 says there is none. */
    @Nonbinding
    int namespace() default -1;

    /** Which argument names what it is done to. */
    @Nonbinding
    int resource() default -1;
}
