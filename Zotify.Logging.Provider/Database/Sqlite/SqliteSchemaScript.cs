using System.Reflection;

namespace Zotify.Logging.Database;

/// <summary>
/// A script that creates or changes tables, a file in <c>Scripts</c>. Scripts are applied in the order of their numbers, each once. A
/// released script never changes: a later change of the tables is another script. Thread-safe.
/// </summary>
/// <param name="Name">The file's name without its extension: four digits and a subject, as in <c>0001_Initial</c>.</param>
internal sealed record SqliteSchemaScript(string Name)
{
    private const string Prefix = "SqliteScripts/";
    private const string Suffix = ".sql";

    private static readonly Assembly Assembly = typeof(SqliteSchemaScript).Assembly;

    /// <summary>All scripts, in order.</summary>
    public static IReadOnlyList<SqliteSchemaScript> All { get; } =
    [
        .. Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new SqliteSchemaScript(name[Prefix.Length..^Suffix.Length])),
    ];

    /// <summary>Reads its statements.</summary>
    public string ReadText()
    {
        using var reader = new StreamReader(Assembly.GetManifestResourceStream($"{Prefix}{Name}{Suffix}")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
