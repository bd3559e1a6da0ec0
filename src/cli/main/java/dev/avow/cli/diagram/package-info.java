/**
 * Draws a run of the protocol as a message-sequence diagram.
 *
 * <p>{@link dev.avow.cli.diagram.Diagram} is what happened; {@link dev.avow.cli.diagram.SvgDiagram} and {@link
 * dev.avow.cli.diagram.HtmlDiagram} draw it, {@link dev.avow.cli.diagram.DiagramFile} writes it. Everything between is a
 * pure function of the diagram: no clock, no random number, no font of this machine, so that the same run gives the same
 * bytes everywhere and a difference between two pictures is a difference between two runs.
 */
package dev.avow.cli.diagram;
