namespace Zotify.Logging.Database;

/// <summary>The engines of this process: SQLite's, and those that packages added. Thread-safe.</summary>
/// <param name="factories">Their factories.</param>
internal sealed class DatabaseEngines(IEnumerable<IDatabaseEngineFactory> factories)
{
    private readonly IDatabaseEngineFactory[] _factories = [.. factories];

    /// <summary>The engine's factory; <see langword="null"/> where no package added it.</summary>
    public IDatabaseEngineFactory? Find(DatabaseProvider provider) => Array.Find(_factories, factory => factory.Provider == provider);

    /// <summary>How to add a provider whose engine is missing.</summary>
    public static string HowToAdd(DatabaseProvider provider) =>
        $"the package Zotify.Logging.{provider} is not in use; add it (dotnet add package Zotify.Logging.{provider}) "
        + $"and call builder.Logging.AddZotify{provider}()";
}
