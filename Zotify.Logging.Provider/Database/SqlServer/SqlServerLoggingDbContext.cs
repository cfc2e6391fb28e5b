using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database.Entities;

namespace Zotify.Logging.Provider.Database.SqlServer;

/// <summary>The tables in SQL Server: times with all their digits, names and ids compared by their code units, JSON checked.</summary>
internal sealed class SqlServerLoggingDbContext(DbContextOptions<SqlServerLoggingDbContext> options) : LoggingDbContext(options)
{
    private const int TimeDigits = 7;

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<SqlServerTimeConverter>().HavePrecision(TimeDigits);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // Every instance appends to a place of its own: see the migration.
        modelBuilder.Entity<AuditEventRow>(table =>
        {
            table.HasKey(row => row.RowId).IsClustered(false);
            table.HasIndex(row => new { row.JournalId, row.Seq }).IsClustered();
            table.ToTable(checks =>
            {
                checks.HasCheckConstraint("CK_audit_events_details", "ISJSON([details]) = 1");
                checks.HasCheckConstraint("CK_audit_events_scope", "ISJSON([scope]) = 1");
            });
        });
        modelBuilder.Entity<JobLogRow>(table =>
        {
            table.HasKey(row => row.Id).IsClustered(false);
            table.HasIndex(row => new { row.JournalId, row.Seq }).IsClustered();
            table.ToTable(checks => checks.HasCheckConstraint("CK_job_logs_properties", "ISJSON([properties]) = 1"));
        });
        var names = modelBuilder.Model.GetEntityTypes().SelectMany(table => table.GetProperties())
            .Where(property => property.ClrType == typeof(string) && property.GetMaxLength() is not null);
        foreach (var name in names) name.SetCollation(SqlServerDialect.Binary);
    }
}
