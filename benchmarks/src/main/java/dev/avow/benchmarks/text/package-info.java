/** Tables and numbers for people, as text, Markdown and HTML. */
package dev.avow.benchmarks.text;
