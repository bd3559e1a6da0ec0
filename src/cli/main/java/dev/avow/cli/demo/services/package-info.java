/** Three processes, a shop and two services, one transaction across them, and what kills and pauses do to it. */
package dev.avow.cli.demo.services;
