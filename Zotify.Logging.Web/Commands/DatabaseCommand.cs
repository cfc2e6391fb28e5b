using System.CommandLine;
using Microsoft.Extensions.Options;
using Zotify.Logging.Web.Startup;

namespace Zotify.Logging.Web.Commands;

/// <summary>
/// The commands <c>database migrate</c>, which brings the configured database's tables up to this version, and <c>database script</c>,
/// which prints the statements for that and opens no connection.
/// </summary>
internal static class DatabaseCommand
{
    private const int Done = 0;
    private const int Failed = 1;
    private const string Script = "script";
    private const string Roles = "roles";

    /// <summary>The command <c>database</c>.</summary>
    /// <param name="settings">Settings for the configuration, each as <c>--key=value</c>.</param>
    /// <param name="output">Gets the script, or the message that it is done.</param>
    /// <param name="error">Gets the reason why it is not done.</param>
    public static Command Create(string[] settings, TextWriter output, TextWriter error)
    {
        var migrate = new Command("migrate", "Brings the tables of the configured database up to this version.");
        migrate.SetAction((parsed, cancellation) => RunAsync(parsed.CommandResult.Command.Name, settings, output, error, cancellation));
        var roles = new Option<bool>("--roles")
        {
            Description = "Prints instead what creates roles with the least rights: to migrate, to write, to delete old rows, and to read.",
        };
        var script = new Command(Script, "Prints what does the same, and opens no connection.") { roles };
        script.SetAction((parsed, cancellation) =>
            RunAsync(parsed.GetValue(roles) ? Roles : Script, settings, output, error, cancellation));
        return new Command("database", "The tables.")
        {
            migrate,
            script,
            CatchUpCommand.Create(settings, output, error),
            CopyCommand.Create(settings, output, error),
            IndexCommand.Create(settings, output, error),
        };
    }

    /// <summary>
    /// Runs a command. Returns 0; 1 where the database refused it or is of a newer version; 2 where the configuration is not valid.
    /// </summary>
    private static async Task<int> RunAsync(
        string command, string[] settings, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            await using var services = CommandServices.Build(settings);
            var schema = services.GetRequiredService<LoggingSchema>();
            if (command is Script or Roles)
            {
                await output.WriteAsync(command == Script ? schema.Script() : schema.RolesScript());
                return Done;
            }

            await schema.MigrateAsync(cancellationToken);
            await output.WriteLineAsync("The tables are of this version.");
            return Done;
        }
        // NoDatabaseException is one of the latter: there is no database, or it has no roles.
        catch (Exception exception) when (exception is OptionsValidationException or NotSupportedException)
        {
            await error.WriteLineAsync(StartupErrors.Explain(exception) ?? exception.Message);
            return CommandLine.NotUnderstood;
        }
        catch (Exception exception) when (CommandErrors.IsExpected(exception))
        {
            await error.WriteLineAsync($"The tables are as they were. {exception.Message}");
            return Failed;
        }
    }
}
