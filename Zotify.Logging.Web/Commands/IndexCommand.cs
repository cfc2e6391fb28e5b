using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using Zotify.Logging.Database;
using Zotify.Logging.Web.Startup;

namespace Zotify.Logging.Web.Commands;

/// <summary>
/// The command <c>database index</c>: indexes the texts of the audit events of a database from before the index. Applications may use the
/// database meanwhile.
/// </summary>
internal static class IndexCommand
{
    private const int Done = 0;
    private const int NotDone = 1;

    // The migration makes runs of so many events.
    private const int EventsOfRun = 4_096;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    /// <summary>The command.</summary>
    /// <param name="settings">Settings for the configuration, each as <c>--key=value</c>.</param>
    /// <param name="output">Gets the progress.</param>
    /// <param name="error">Gets the reason of a failure.</param>
    public static Command Create(string[] settings, TextWriter output, TextWriter error)
    {
        var command = new Command(
            "index",
            "Indexes the texts of audit events that searches still compare one by one: those of a database from before the index. A "
                + "running application does the same while it has nothing else to write, and may go on meanwhile. Ends with 0 if all are "
                + "indexed, 1 if they are not, 2 if the configuration is wrong. It can be stopped and run again.");
        command.SetAction((_, cancellation) => RunAsync(settings, output, error, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            await using var services = CommandServices.Build(settings);
            var clock = Stopwatch.StartNew();
            void Progress(long runs)
            {
                if (clock.Elapsed < ProgressInterval) return;
                clock.Restart();
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"about {runs * EventsOfRun:N0} events to go"));
            }

            await services.GetRequiredService<TextIndexing>().RunAsync(Progress, cancellationToken);
            await output.WriteLineAsync("All audit events are indexed.");
            return Done;
        }
        catch (Exception exception) when (exception is OptionsValidationException or NoDatabaseException)
        {
            await error.WriteLineAsync(StartupErrors.Explain(exception) ?? exception.Message);
            return CommandLine.NotUnderstood;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("It was stopped before all audit events were indexed. Run it again for the rest.");
            return NotDone;
        }
        catch (Exception exception) when (CommandErrors.IsExpected(exception))
        {
            await error.WriteLineAsync($"Not all audit events are indexed. {exception.Message}");
            return NotDone;
        }
    }
}
