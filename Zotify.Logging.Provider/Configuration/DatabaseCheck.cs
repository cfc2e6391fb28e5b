using Zotify.Logging.Database;

namespace Zotify.Logging.Configuration;

/// <summary>Checks the settings of a database. Opens nothing.</summary>
internal static class DatabaseCheck
{
    /// <summary>The errors, each with the name of its option.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="engines">The engines that packages added.</param>
    public static IEnumerable<(string Key, string Message)> Find(DatabaseOptions options, IEnumerable<IDatabaseEngineFactory> engines)
    {
        // A number that is no provider is reported by the annotation.
        if (options.Provider == DatabaseProvider.None || !Enum.IsDefined(options.Provider)) yield break;
        if (new DatabaseEngines(engines).Find(options.Provider) is not { } engine)
        {
            yield return (nameof(options.Provider), $"'{options.Provider}': {DatabaseEngines.HowToAdd(options.Provider)}");
            yield break;
        }

        if (engine.UnmetRequirement is { } unmet) yield return (nameof(options.Provider), $"'{options.Provider}': {unmet}");
        if (engine.SchemaError(options.Schema) is { } schema) yield return (nameof(options.Schema), $"'{options.Schema}': {schema}");
        string? error = null;
        try
        {
            engine.Check(options.ConnectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // The connection string may contain a password, so only the parser's message is shown.
            error = $"it cannot be read ({exception.Message}); use {engine.ExampleConnectionString}";
        }

        if (error is not null) yield return (nameof(options.ConnectionString), error);
    }
}
