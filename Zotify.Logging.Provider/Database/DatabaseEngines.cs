namespace Zotify.Logging.Database;

/// <summary>The engines of this process: SQLite's, and those that packages added. Thread-safe.</summary>
/// <param name="factories">Their factories.</param>
internal sealed class DatabaseEngines(IEnumerable<IDatabaseEngineFactory> factories)
{
    private readonly IDatabaseEngineFactory[] _factories = [.. factories];

    /// <summary>The engine's factory; <see langword="null"/> where no package added it.</summary>
    public IDatabaseEngineFactory? Find(DatabaseProvider provider) => Array.Find(_factories, factory => factory.Provider == provider);

    /// <summary>Creates the engine of the options, which opens nothing yet.</summary>
    /// <exception cref="ArgumentException">
    /// No package added it; or the connection string is malformed, or lacks what the engine needs.
    /// </exception>
    public DatabaseEngine Create(DatabaseOptions options, string directory, ConnectionTap tap)
    {
        var factory = Find(options.Provider)
            ?? throw new ArgumentException($"'{options.Provider}': {HowToAdd(options.Provider)}", nameof(options));
        return factory.Create(options, directory, tap);
    }

    /// <summary>How to add a provider whose engine is missing.</summary>
    public static string HowToAdd(DatabaseProvider provider) =>
        $"the package Zotify.Logging.{provider} is not in use; add it (dotnet add package Zotify.Logging.{provider}) "
        + $"and call builder.Logging.AddZotify{provider}()";
}
