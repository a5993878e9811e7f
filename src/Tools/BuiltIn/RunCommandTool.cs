using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using PersonalAi.Tools.Sandbox;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Runs a command without a shell, in a sandbox unless the user wants none.</summary>
internal static class RunCommandTool
{
    /// <summary>The tool.</summary>
    /// <param name="roots">The folders that a command may read and write.</param>
    /// <param name="sandbox">Whether it runs in a sandbox.</param>
    /// <param name="limits">What it may take.</param>
    public static Tool Create(GrantedRoots roots, CommandSandbox sandbox, CommandLimits? limits = null)
    {
        var allowed = limits ?? new CommandLimits();
        var bubblewrap = new Bubblewrap(roots, allowed);
        var isContained = sandbox == CommandSandbox.Required;
        return new Tool(
            ToolFunction.Create("run_command", "Runs a program on this computer, without a shell.", RunAsync),
            isContained ? ToolRisk.ChangesLocal : ToolRisk.LeavesMachine,
            ToolTrust.Untrusted)
        {
            StaysWithinGrants = isContained,
            Examples = ["run the command ls", "execute git status", "which version of python is installed", "how much disk space is free", "start the unit tests of this project"],
            ReachOf = arguments => new ToolReach([.. PathsIn(arguments)], []),
        };

        async Task<string> RunAsync([Description("program and arguments, like [\"ls\", \"-l\"]")] string[] argv, CancellationToken cancellationToken)
        {
            var command = Resolve(argv);
            var folder = roots.Folders.Count > 0 ? roots.Folders[0] : Path.GetTempPath();
            var problem = sandbox == CommandSandbox.None ? "" : await bubblewrap.ProblemAsync(cancellationToken);
            if (problem is not null && isContained)
            {
                throw new ToolException($"No command can be run: {problem}. Tell the user that tools.command_sandbox says whether commands may run without it.");
            }

            var line = problem is null ? bubblewrap.Wrap(command) : [.. ProcessLimits.Of(allowed), .. command];
            return Describe(await CommandProcess.RunAsync(line, folder, allowed, cancellationToken));
        }
    }

    private static string[] Resolve(string[] argv)
    {
        if (argv is not [{ Length: > 0 } program, ..] || argv.Any(argument => argument.Contains('\0', StringComparison.Ordinal)))
        {
            throw new ToolException("There is no program to run: give argv as a list, the program first, like [\"ls\", \"-l\"].");
        }

        if (program.Contains('/', StringComparison.Ordinal))
        {
            return argv;
        }

        return CommandPath.Find(program) is { } path
            ? [path, .. argv[1..]]
            : throw new ToolException($"There is no program '{program}' here: give the program and each of its arguments as items of their own, like [\"ls\", \"-l\"]; there is no shell.");
    }

    private static IEnumerable<string> PathsIn(JsonElement arguments) =>
        arguments.TryGetProperty("argv", out var argv) && argv.ValueKind == JsonValueKind.Array
            ? argv.EnumerateArray().Select(item => item.ToString()).Where(Path.IsPathFullyQualified).Select(Path.GetFullPath)
            : [];

    private static string Describe(CommandResult result)
    {
        var end = result.Stopped is { } stopped ? $"The command was stopped: {stopped}." : string.Create(CultureInfo.InvariantCulture, $"Exit code {result.ExitCode}.");
        var errors = result.Errors.Length > 0 ? $"\nStandard error:\n{result.Errors.TrimEnd()}" : "";
        var output = result.Output.Length > 0 ? $"\nStandard output:\n{result.Output.TrimEnd()}" : "";
        return $"{end}{output}{errors}";
    }
}
