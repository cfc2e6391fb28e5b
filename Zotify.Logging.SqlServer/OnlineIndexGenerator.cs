using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Update;

namespace Zotify.Logging.SqlServer;

/// <summary>
/// Builds an index on a table that has rows without stopping those who write them, where the edition of SQL Server can do that. A table
/// that the same migration creates is empty.
/// </summary>
internal sealed class OnlineIndexGenerator(MigrationsSqlGeneratorDependencies dependencies, ICommandBatchPreparer batches)
    : SqlServerMigrationsSqlGenerator(dependencies, batches)
{
    // Enterprise (and Developer), Azure SQL Database, and Azure SQL Managed Instance.
    private const string OnlineEditions = "SERVERPROPERTY(N'EngineEdition') IN (3, 5, 8)";

    private readonly HashSet<string> _created = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override void Generate(
        [NotNull] CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        _created.Add(operation.Name);
        base.Generate(operation, model, builder, terminate);
    }

    /// <inheritdoc/>
    protected override void Generate(
        [NotNull] CreateIndexOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
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
