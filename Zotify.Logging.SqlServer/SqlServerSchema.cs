using System.Text.RegularExpressions;

namespace Zotify.Logging.SqlServer;

/// <summary>
/// The schema that the tables are in. Statements name tables alone; the schema's name is added as they are sent, so that the login's own
/// default schema never decides which tables are meant. Immutable.
/// </summary>
/// <param name="name">The configured name; <see langword="null"/> means <c>dbo</c>.</param>
internal sealed partial class SqlServerSchema(string? name)
{
    /// <summary>The schema of every database that tables are in by default.</summary>
    public const string Default = "dbo";

    private const string Tables =
        "(journals|audit_events|audit_counts|audit_text(?:_[a-z]+)?|job_logs|jobs|instances|zotify_migrations|__EFMigrationsHistory)";

    private readonly string _qualified = $"[{NameOf(name)}].[$1$2]";

    /// <summary>Its name.</summary>
    public string Name { get; } = NameOf(name);

    /// <summary>Whether the configuration names it.</summary>
    public bool IsConfigured { get; } = name is not null;

    /// <summary>Creates the schema where there is none. Every database has <c>dbo</c>.</summary>
    public string CreateStatement =>
        Name == Default ? "" : $"IF SCHEMA_ID(N'{Name}') IS NULL EXEC(N'CREATE SCHEMA [{Name}]');\nGO\n\n";

    /// <summary>Why a schema cannot have this name; <see langword="null"/> where it can.</summary>
    public static string? ErrorOf(string? name) => name is null || ValidName().IsMatch(name)
        ? null
        : "a schema's name is expected, such as 'logs': up to 64 letters, digits, '_' or '-', not a digit first; without the setting it is "
            + "dbo";

    /// <summary>A statement or a script, with the schema before the name of each of the library's tables that has none.</summary>
    public string Qualify(string statement) => TableName().Replace(statement, _qualified);

    /// <summary>
    /// The name of a lock among the processes that use these tables. Earlier versions, which have no schemas, use the same ones in
    /// <c>dbo</c>.
    /// </summary>
    public string LockName(string lockName) => Name == Default ? lockName : $"{lockName}_{Name}";

    // Names of schemas differ by case only where the database's collation does. Every database has dbo, written like this.
    private static string NameOf(string? name) =>
        name is null || string.Equals(name, Default, StringComparison.OrdinalIgnoreCase) ? Default : name;

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_-]{0,63}\z")]
    private static partial Regex ValidName();

    // In brackets, as EF Core writes a name, also within a text; or alone.
    [GeneratedRegex($@"(?<!\.)\[{Tables}\]|(?<![\w.@$#'""\[\]]){Tables}(?![\w.'""\]])")]
    private static partial Regex TableName();
}
