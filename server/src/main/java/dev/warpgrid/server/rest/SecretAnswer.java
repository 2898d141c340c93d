package dev.warpgrid.server.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The answer holds a secret that is shown once, so it is never kept for a repeated request. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface SecretAnswer {}
