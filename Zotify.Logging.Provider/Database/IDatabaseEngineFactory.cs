namespace Zotify.Logging.Database;

/// <summary>Creates the engine of one provider. SQLite's is always present; a package adds its own as a service. Thread-safe.</summary>
internal interface IDatabaseEngineFactory
{
    /// <summary>The provider whose engine it creates.</summary>
    DatabaseProvider Provider { get; }

    /// <summary>An example of a connection string, for messages.</summary>
    string ExampleConnectionString { get; }

    /// <summary>Why the engine cannot run in this process, and what to do about it; <see langword="null"/> where it can run.</summary>
    string? UnmetRequirement { get; }

    /// <summary>Checks a connection string. Opens nothing.</summary>
    /// <exception cref="ArgumentException">It is malformed, or lacks what the engine needs.</exception>
    void Check(string connectionString);

    /// <summary>Why the tables cannot be in a schema of this name; <see langword="null"/> where they can.</summary>
    /// <param name="schema">The configured name; <see langword="null"/> where none is configured.</param>
    string? SchemaError(string? schema);

    /// <summary>Creates the engine. Opens nothing.</summary>
    /// <param name="options">The connection string and the schema.</param>
    /// <param name="directory">The absolute directory that a relative file is relative to.</param>
    /// <param name="tap">Its hooks run on operations of connections.</param>
    /// <exception cref="ArgumentException">The connection string is malformed, or lacks what the engine needs.</exception>
    DatabaseEngine Create(DatabaseOptions options, string directory, ConnectionTap tap);
}
