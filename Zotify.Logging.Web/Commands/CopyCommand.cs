using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Zotify.Logging.Copying;
using Zotify.Logging.Web.Startup;

namespace Zotify.Logging.Web.Commands;

/// <summary>
/// The command <c>database copy --to &lt;connection string&gt;</c>: copies all rows of the configured database into an empty one, so that
/// the service goes on there. No process may write either of them meanwhile.
/// </summary>
internal static class CopyCommand
{
    private const int Done = 0;
    private const int NotDone = 1;
    private const string Variable = "env:";

    /// <summary>The command.</summary>
    /// <param name="settings">Settings for the configuration, each as <c>--key=value</c>.</param>
    /// <param name="output">Gets the progress.</param>
    /// <param name="error">Gets the reason of a failure.</param>
    public static Command Create(string[] settings, TextWriter output, TextWriter error)
    {
        var to = new Option<string>("--to")
        {
            Description = "The connection string of the target; 'env:NAME' takes it from an environment variable, so that no list of "
                + "processes shows its password. A SQLite file is relative to the log directory.",
            Required = true,
        };
        var provider = new Option<DatabaseProvider?>("--to-provider")
        {
            Description = "Sqlite or SqlServer; by default the one that is not configured.",
        };
        var schema = new Option<string?>("--to-schema") { Description = "The target's schema, on SQL Server; by default dbo." };
        var restart = new Option<bool>("--restart")
        {
            Description = "Deletes what an unfinished copy has written to the target, and begins again.",
        };
        var command = new Command(
            "copy",
            "Copies all rows of the configured database into an empty one, such as from SQLite to SQL Server, and compares them at the "
                + "end. No process may use the two databases, or write the log directory, meanwhile. Ends with 0 if the target has "
                + "everything, 1 if it does not, 2 if the settings are wrong. It can be stopped and run again, and goes on where it ended.")
        {
            to, provider, schema, restart,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var target = new DatabaseOptions
            {
                ConnectionString = parsed.GetRequiredValue(to),
                Schema = parsed.GetValue(schema),
                MigrateOnStart = true,
            };
            return RunAsync(settings, target, parsed.GetValue(provider), parsed.GetValue(restart), output, error, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string[] settings, DatabaseOptions target, DatabaseProvider? provider, bool restarts, TextWriter output, TextWriter error,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var services = CommandServices.Build(settings);
            var copy = services.GetRequiredService<DatabaseCopy>();
            var source = services.GetRequiredService<IOptions<ZotifyLoggingOptions>>().Value.Database.Provider;
            target.Provider = provider ?? (source == DatabaseProvider.Sqlite ? DatabaseProvider.SqlServer : DatabaseProvider.Sqlite);
            if ((Resolve(target) ?? copy.Check(target)) is { } problem)
            {
                await error.WriteLineAsync(problem);
                return CommandLine.NotUnderstood;
            }

            var tables = await copy.RunAsync(target, restarts, now => Print(now, output), error.WriteLine, cancellationToken);
            foreach (var table in tables)
                await output.WriteLineAsync(Text($"{table.Table}: {table.Count} rows, the same in both; digest {table.Digest[..16]}"));
            await output.WriteLineAsync("The target has everything. Start the service with these settings:");
            await output.WriteLineAsync($"Logging:Zotify:Database:Provider = {target.Provider}");
            await output.WriteLineAsync("Logging:Zotify:Database:ConnectionString = as --to");
            if (target.Schema is not null) await output.WriteLineAsync($"Logging:Zotify:Database:Schema = {target.Schema}");
            return Done;
        }
        catch (Exception exception) when (exception is OptionsValidationException or NoDatabaseException)
        {
            await error.WriteLineAsync(StartupErrors.Explain(exception) ?? exception.Message);
            return CommandLine.NotUnderstood;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("It was stopped before the target had everything. Copied rows stay; run it again for the rest.");
            return NotDone;
        }
        catch (Exception exception) when (CommandErrors.IsExpected(exception))
        {
            await error.WriteLineAsync($"The target does not have everything. {exception.Message}");
            return NotDone;
        }
    }

    /// <summary>Replaces the name of an environment variable by its value. Returns what is wrong with it.</summary>
    private static string? Resolve(DatabaseOptions target)
    {
        if (!target.ConnectionString.StartsWith(Variable, StringComparison.Ordinal)) return null;
        var name = target.ConnectionString[Variable.Length..];
        if (Environment.GetEnvironmentVariable(name) is not { Length: > 0 } value)
            return $"--to: '{target.ConnectionString}': the environment variable {name} is not set";
        target.ConnectionString = value;
        return null;
    }

    private static void Print(CopyProgress now, TextWriter output) => output.WriteLine(
        now.IsComparison ? Text($"{now.Table}: {now.Rows} compared") : Text($"{now.Table}: {now.Rows} of {now.All}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
