package dev.warpgrid.cli;

import dev.warpgrid.cli.command.Warp;
import dev.warpgrid.cli.output.Console;

/** Entry of the warp command. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Environment environment = Environment.ofProcess();
        int status = new Warp(Console.ofProcess(environment.variables()), environment).run(arguments);
        System.exit(status);
    }
}
