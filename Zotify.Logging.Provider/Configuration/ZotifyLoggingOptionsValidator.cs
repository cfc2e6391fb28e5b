using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Database.Sqlite;
using Zotify.Logging.Provider.Database.SqlServer;
using Zotify.Logging.Provider.Dispatch;

namespace Zotify.Logging.Provider.Configuration;

/// <summary>Validates everything at once, so that one start shows every fault, each with its key's full path.</summary>
/// <param name="environment">The host, whose content root relative paths are relative to, if there is one.</param>
internal sealed class ZotifyLoggingOptionsValidator(IHostEnvironment? environment = null) : IValidateOptions<ZotifyLoggingOptions>
{
    /// <summary>A record's selected handlers are bits of one word.</summary>
    private const int MaxHandlers = 64;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ZotifyLoggingOptions options)
    {
        var faults = Annotated(options, "").Concat(Annotated(options.Database, "Database")).Concat(OfConnection(options.Database)).ToList();
        foreach (var (handler, handlerOptions) in options.Handlers)
        {
            var path = $"{ConfigurationKeys.Handlers}:{handler}";
            faults.AddRange(Annotated(handlerOptions, path));
            faults.AddRange(OfEventTypes(handlerOptions, path));
        }

        faults.AddRange(FileCollisions.Of(options, environment?.ContentRootPath ?? Environment.CurrentDirectory));

        if (options.Handlers.Count > MaxHandlers)
            faults.Add($"{ConfigurationKeys.Full(ConfigurationKeys.Handlers)}: {options.Handlers.Count} handlers are registered; at most {MaxHandlers} can be");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Annotated(object options, string path)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        foreach (var result in results)
        {
            var member = result.MemberNames.FirstOrDefault() ?? "";
            var value = options.GetType().GetProperty(member)?.GetValue(options);
            var key = string.Join(':', new[] { path, member }.Where(part => part.Length > 0));
            yield return $"{ConfigurationKeys.Full(key)}: '{value}': {result.ErrorMessage}";
        }
    }

    private static IEnumerable<string> OfEventTypes(LogHandlerOptions options, string path)
    {
        for (var i = 0; i < options.EventTypes.Count; i++)
        {
            string? fault = null;
            try
            {
                _ = new EventTypeFilter([options.EventTypes[i]]);
            }
            catch (FormatException exception)
            {
                fault = $"{ConfigurationKeys.Full(path)}:{nameof(options.EventTypes)}:{i}: {exception.Message}; use a name (user.login), "
                    + "a name with * at its end (user.*), an id (1001) or a range of ids (1000-1999)";
            }

            if (fault is not null) yield return fault;
        }
    }

    private static IEnumerable<string> OfConnection(DatabaseOptions options)
    {
        var server = options.Provider == DatabaseProvider.SqlServer;
        if (server && GlobalizationIsInvariant())
            yield return $"{ConfigurationKeys.Full("Database:Provider")}: 'SqlServer': its driver does not run with invariant globalization; set InvariantGlobalization to false in the application's project";
        string? fault = null;
        try
        {
            if (server) _ = SqlServerConnectionStrings.Parse(options.ConnectionString);
            else _ = SqliteConnectionStrings.Parse(options.ConnectionString, Path.GetTempPath());
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // The connection string itself may hold a password: only what the parser says of it is shown.
            fault = $"it cannot be read ({exception.Message}); use {(server ? "Server=…;Database=zotify;User Id=…;Password=…" : "Data Source=logs/zotify.db")}";
        }

        if (fault is not null) yield return $"{ConfigurationKeys.Full("Database:ConnectionString")}: {fault}";
    }

    private static bool GlobalizationIsInvariant() =>
        (AppContext.TryGetSwitch("System.Globalization.Invariant", out var invariant) && invariant)
        || Environment.GetEnvironmentVariable("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT") is "1" or "true";
}
