namespace Zotify.Logging.Database;

/// <summary>Thrown where the tables are in the login's default schema, which no setting names. Nothing was changed.</summary>
/// <param name="schema">The schema that has the tables.</param>
internal sealed class OtherSchemaException(string schema) : InvalidOperationException(
    $"The tables are in the schema '{schema}', the login's default schema, and not in dbo. "
    + $"Set Logging:Zotify:Database:Schema to '{schema}' to go on with them, or to 'dbo' to begin anew there.");
