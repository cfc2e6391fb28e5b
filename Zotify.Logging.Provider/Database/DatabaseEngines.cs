using Zotify.Logging.Provider.Database.Sqlite;

namespace Zotify.Logging.Provider.Database;

/// <summary>The engines that this process has: SQLite's, and those that packages added. Thread-safe.</summary>
/// <param name="added">What packages added.</param>
internal sealed class DatabaseEngines(IEnumerable<IDatabaseEngineFactory> added)
{
    private readonly IDatabaseEngineFactory[] _factories = [new SqliteEngineFactory(), .. added];

    /// <summary>The engine's factory; <see langword="null"/> where no package added it.</summary>
    public IDatabaseEngineFactory? Find(DatabaseProvider provider) => Array.Find(_factories, factory => factory.Provider == provider);

    /// <summary>What is to be done for a provider whose engine is missing.</summary>
    public static string HowToAdd(DatabaseProvider provider) =>
        $"the package Zotify.Logging.{provider} is not in use; add it (dotnet add package Zotify.Logging.{provider}) "
        + $"and call builder.Logging.AddZotify{provider}()";
}
