using System.CommandLine;
using System.CommandLine.Invocation;

namespace Zotify.Logging.Web.Commands;

/// <summary>
/// The program's command line: the commands with their options, in any order, and settings, <c>--key=value</c>, which are added to the
/// configuration. An argument that is neither is refused, and nothing starts.
/// </summary>
internal static class CommandLine
{
    /// <summary>The exit code where the arguments or the configuration cannot be used.</summary>
    public const int NotUnderstood = 2;

    /// <summary>Runs the command in the arguments. Returns the exit code.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="serve">Runs the program itself with its settings, where no command is given.</param>
    /// <param name="output">Gets the results.</param>
    /// <param name="error">Gets the errors.</param>
    /// <param name="cancellationToken">Ends a command.</param>
    public static async Task<int> RunAsync(
        string[] args, Func<string[], Task<int>> serve, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        var (settings, others, problem) = SettingArguments.Split(args);
        if (problem is not null) return await RefuseAsync([problem], error);
        if (others.Length == 0) return await serve(settings);
        var root = new RootCommand($"Serves the system log, the audit log and the logs of jobs over HTTP.\n\n{SettingArguments.Help}")
        {
            ApiKeyCommand.Create(output, error),
            AuditCommand.Create(settings, output, error),
            DatabaseCommand.Create(settings, output, error),
        };
        var parsed = root.Parse(others, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction) return await RefuseAsync(parsed.Errors.Select(given => given.Message), error);
        // The commands print their errors themselves.
        var invocation = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    private static async Task<int> RefuseAsync(IEnumerable<string> problems, TextWriter error)
    {
        foreach (var problem in problems) await error.WriteLineAsync(problem);
        await error.WriteLineAsync("--help shows the commands and their options.");
        return NotUnderstood;
    }
}
