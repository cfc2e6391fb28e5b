namespace Zotify.Logging.Database;

/// <summary>Makes the engine of one provider. SQLite's is always there; a package adds its own as a service. Thread-safe.</summary>
internal interface IDatabaseEngineFactory
{
    /// <summary>The provider whose engine it makes.</summary>
    DatabaseProvider Provider { get; }

    /// <summary>A connection string as one would write it, for messages.</summary>
    string ExampleConnectionString { get; }

    /// <summary>Why the engine cannot run in this process, and what to do about it; <see langword="null"/> where it can.</summary>
    string? UnmetRequirement { get; }

    /// <summary>Reads a connection string; opens nothing.</summary>
    /// <exception cref="ArgumentException">It is malformed, or lacks what the engine needs.</exception>
    void Check(string connectionString);

    /// <summary>Makes the engine; opens nothing.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="directory">The absolute directory that a relative file is relative to.</param>
    /// <param name="tap">Sees what is done with connections.</param>
    /// <exception cref="ArgumentException">The connection string is malformed, or lacks what the engine needs.</exception>
    DatabaseEngine Create(string connectionString, string directory, ConnectionTap tap);
}
