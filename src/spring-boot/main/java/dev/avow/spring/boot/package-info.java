/** Avow in a Spring Boot application, configured by properties. */
package dev.avow.spring.boot;
