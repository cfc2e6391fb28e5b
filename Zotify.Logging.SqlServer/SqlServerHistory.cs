using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>
/// The applied migrations, in a table of the library's own. EF Core's default table may have the migrations of an application that shares
/// the database, and they could not be distinguished from those of a newer version. Earlier versions used that table; their entries are
/// copied from it.
/// </summary>
internal static class SqlServerHistory
{
    /// <summary>The table's name.</summary>
    public const string Table = "zotify_migrations";

    /// <summary>Creates the table where there is none, and copies the entries of earlier versions. May be run again.</summary>
    public const string CreateTable =
        """
        IF OBJECT_ID(N'[zotify_migrations]') IS NULL
        BEGIN
            CREATE TABLE [zotify_migrations] (
                [MigrationId] nvarchar(150) NOT NULL,
                [ProductVersion] nvarchar(32) NOT NULL,
                CONSTRAINT [PK_zotify_migrations] PRIMARY KEY ([MigrationId])
            );
        END;
        GO

        IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NOT NULL
        BEGIN
            INSERT INTO [zotify_migrations] ([MigrationId], [ProductVersion])
            SELECT [MigrationId], [ProductVersion]
            FROM [__EFMigrationsHistory]
            WHERE [MigrationId] IN (N'20261124164629_Initial', N'20261124192622_AuditFilters')
                AND [MigrationId] NOT IN (SELECT [MigrationId] FROM [zotify_migrations]);
        END;
        GO


        """;

    /// <summary>Compares the tables with this program's version.</summary>
    /// <exception cref="MissingRightsException">The login may not read what was applied. Thrown outside a transaction only.</exception>
    public static async Task<SchemaState> ReadAsync(
        LoggingConnection connection, SqlServerSchema schema, CancellationToken cancellationToken)
    {
        // The server checks that the table exists only when it executes the SELECT.
        var own = await connection.ReadAsync(
            $"IF OBJECT_ID(N'[zotify_migrations]') IS NOT NULL SELECT [MigrationId] FROM [zotify_migrations];",
            row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        if (own.Count > 0) return SchemaState.Of(SqlServerMigration.All, own);
        await EnsureVisibleAsync(connection, schema, cancellationToken).ConfigureAwait(false);
        var former = await connection.ReadAsync(
            $"IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NOT NULL SELECT [MigrationId] FROM [__EFMigrationsHistory];",
            row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        var state = SchemaState.Of(SqlServerMigration.All, former.Intersect(SqlServerMigration.All)) with { IsRecorded = false };
        return former.Count > 0 || schema.IsConfigured
            ? state
            : state with { OtherSchema = await FindInDefaultSchemaAsync(connection, cancellationToken).ConfigureAwait(false) };
    }

    // Otherwise tables that the login may not know of would look like missing ones, to be created.
    private static async Task EnsureVisibleAsync(
        LoggingConnection connection, SqlServerSchema schema, CancellationToken cancellationToken)
    {
        if (connection.Transaction is not null) return;
        var hidden = await SqlServerHiddenTables.FindAsync(connection, [Table], cancellationToken).ConfigureAwait(false);
        if (hidden.Count == 0) return;
        var user = await SqlServerHiddenTables.UserAsync(connection, cancellationToken).ConfigureAwait(false);
        throw new MissingRightsException(user, [$"SELECT on {schema.Name}.{Table}"], SqlServerRights.RoleOf("writer", schema));
    }

    /// <summary>
    /// The login's default schema, if the tables are there and not in <c>dbo</c>: earlier versions created them there. Otherwise
    /// <see langword="null"/>.
    /// </summary>
    private static async Task<string?> FindInDefaultSchemaAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        var found = await connection.ReadAsync(
            $"IF OBJECT_ID(QUOTENAME(SCHEMA_NAME()) + N'.zotify_migrations') IS NOT NULL SELECT SCHEMA_NAME();",
            row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        return found.Find(name => name != SqlServerSchema.Default);
    }
}
