using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Zotify.Logging.Projection;
using Zotify.Logging.Web.Startup;

namespace Zotify.Logging.Web.Commands;

/// <summary>
/// The command <c>database catch-up</c>: projects the journals of the configured directory into the database. No other process may write
/// the directory meanwhile.
/// </summary>
internal static class CatchUpCommand
{
    private const int Done = 0;
    private const int NotDone = 1;

    /// <summary>The command.</summary>
    /// <param name="settings">Settings for the configuration, each as <c>--key=value</c>.</param>
    /// <param name="output">Gets the progress.</param>
    /// <param name="error">Gets the reason of a failure.</param>
    public static Command Create(string[] settings, TextWriter output, TextWriter error)
    {
        var command = new Command(
            "catch-up",
            "Projects the lines that the database does not have from a directory's journals, after short runs, or runs without the "
                + "database. No process may write the directory, --Logging:Zotify:Directory, meanwhile. Ends with 0 if the database has "
                + "everything, 1 if it does not, 2 if the configuration is wrong. It can be stopped and run again.");
        command.SetAction((_, cancellation) => RunAsync(settings, output, error, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var lines = new ProgressLines(output);
        try
        {
            await using var services = CommandServices.Build(settings);
            void Report(string message, Exception? exception) =>
                error.WriteLine(exception is null ? message : $"{message} [{exception.GetType().Name}: {exception.Message}]");
            await services.GetRequiredService<DirectoryCatchUp>().RunAsync(lines.Add, Report, cancellationToken);
            await output.WriteLineAsync("The database has all lines of the journals.");
            return Done;
        }
        catch (Exception exception) when (exception is OptionsValidationException or NoDatabaseException)
        {
            await error.WriteLineAsync(StartupErrors.Explain(exception) ?? exception.Message);
            return CommandLine.NotUnderstood;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync(
                "It was stopped before the database had everything. Projected lines stay; run it again for the rest.");
            return NotDone;
        }
        catch (Exception exception) when (CommandErrors.IsExpected(exception))
        {
            await error.WriteLineAsync($"The database does not have everything. {exception.Message}");
            return NotDone;
        }
    }

    /// <summary>Writes a line each time that the database has more lines of a journal.</summary>
    private sealed class ProgressLines(TextWriter output)
    {
        private (string Journal, long Projected)? _last;

        public void Add(string journal, long projected, long all)
        {
            if (_last == (journal, projected)) return;
            _last = (journal, projected);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{journal}: {projected} of {all}"));
        }
    }
}
