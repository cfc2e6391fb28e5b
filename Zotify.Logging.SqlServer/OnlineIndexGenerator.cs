using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Update;

namespace Zotify.Logging.SqlServer;

/// <summary>
/// Builds an index on a table that may have rows by an operation during which others write, where the edition of SQL Server can do that.
/// They wait from its end to the commit of all migrations. A table that the same migration creates has no rows. Used by one thread at a
/// time.
/// </summary>
internal sealed class OnlineIndexGenerator(MigrationsSqlGeneratorDependencies dependencies, ICommandBatchPreparer batches)
    : SqlServerMigrationsSqlGenerator(dependencies, batches)
{
    // Enterprise (and Developer), Azure SQL Database, and Azure SQL Managed Instance.
    private const string OnlineEditions = "SERVERPROPERTY(N'EngineEdition') IN (3, 5, 8)";

    private readonly HashSet<string> _created = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    // Called once a migration.
    public override IReadOnlyList<MigrationCommand> Generate(
        IReadOnlyList<MigrationOperation> operations,
        IModel? model = null,
        MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default)
    {
        _created.Clear();
        _created.UnionWith(operations.OfType<CreateTableOperation>().Select(table => table.Name));
        return base.Generate(operations, model, options);
    }

    /// <inheritdoc/>
    protected override void Generate(
        CreateIndexOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        if (_created.Contains(operation.Table))
        {
            base.Generate(operation, model, builder, terminate);
            return;
        }

        // Dynamic, because an edition without it does not compile the option.
        builder.AppendLine($"IF {OnlineEditions}").AppendLine($"    EXEC(N'{Text(operation, model, online: true)}');")
            .AppendLine("ELSE").AppendLine($"    EXEC(N'{Text(operation, model, online: false)}');");
        EndStatement(builder);
    }

    private string Text(CreateIndexOperation operation, IModel? model, bool online)
    {
        var builder = new MigrationCommandListBuilder(Dependencies);
        base.Generate(operation, model, builder, terminate: false);
        EndStatement(builder);
        var text = builder.GetCommandList().Single().CommandText.Trim().TrimEnd(';');
        return (online ? $"{text} WITH (ONLINE = ON)" : text).Replace("'", "''", StringComparison.Ordinal);
    }
}
