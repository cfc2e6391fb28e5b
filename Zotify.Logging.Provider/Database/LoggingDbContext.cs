using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database.Entities;

namespace Zotify.Logging.Provider.Database;

/// <summary>
/// The tables, the same in every engine. An engine's own context says how it stores times and ids, and carries its migrations.
/// SQL people read these tables directly: a renamed column breaks somebody's query.
/// </summary>
internal abstract class LoggingDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>The journals, and how far each is projected.</summary>
    public DbSet<JournalRow> Journals => Set<JournalRow>();

    /// <summary>The audit events.</summary>
    public DbSet<AuditEventRow> AuditEvents => Set<AuditEventRow>();

    /// <summary>The audit events by hour and type.</summary>
    public DbSet<AuditCountRow> AuditCounts => Set<AuditCountRow>();

    /// <summary>The entries of the jobs.</summary>
    public DbSet<JobLogRow> JobLogs => Set<JobLogRow>();

    /// <summary>The jobs.</summary>
    public DbSet<JobRow> Jobs => Set<JobRow>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<JournalRow>(table =>
        {
            table.ToTable("journals");
            table.HasIndex(row => row.Journal).IsUnique();
        });
        modelBuilder.Entity<AuditEventRow>(table =>
        {
            table.ToTable("audit_events").HasKey(row => row.RowId);
            table.HasOne<JournalRow>().WithMany().HasForeignKey(row => row.JournalId).OnDelete(DeleteBehavior.Restrict);
            table.HasIndex(row => new { row.JournalId, row.Seq }).IsUnique();
            table.HasIndex(row => row.Id);
            // Each ends with the order of the answers, so that the newest of every filter are read without sorting.
            table.HasIndex(row => new { row.Timestamp, row.JournalId, row.Seq });
            table.HasIndex(row => new { row.UserId, row.Timestamp, row.JournalId, row.Seq });
            table.HasIndex(row => new { row.EventType, row.Timestamp, row.JournalId, row.Seq });
            table.HasIndex(row => new { row.SourceIp, row.Timestamp, row.JournalId, row.Seq });
            table.HasIndex(row => new { row.TraceId, row.Timestamp, row.JournalId, row.Seq });
            table.HasIndex(row => new { row.Instance, row.Timestamp, row.JournalId, row.Seq });
        });
        modelBuilder.Entity<AuditCountRow>(table => table.ToTable("audit_counts").HasKey(row => new { row.Hour, row.EventType }));
        modelBuilder.Entity<JobLogRow>(table =>
        {
            table.ToTable("job_logs");
            table.HasOne<JournalRow>().WithMany().HasForeignKey(row => row.JournalId).OnDelete(DeleteBehavior.Restrict);
            table.HasIndex(row => new { row.JournalId, row.Seq }).IsUnique();
            table.HasIndex(row => new { row.JobId, row.Id });
            // A job's readers go on in each journal by itself: see JournalPositions.
            table.HasIndex(row => new { row.JobId, row.JournalId, row.Seq });
            table.HasIndex(row => row.Timestamp);
        });
        modelBuilder.Entity<JobRow>(table =>
        {
            table.ToTable("jobs").HasKey(row => row.JobId);
            table.HasIndex(row => new { row.Instance, row.Status });
            // The order of the list of jobs.
            table.HasIndex(row => new { row.FirstAt, row.JobId });
            // Where engines let two instances add to one job at once, the later commit starts over instead of losing the other's entries.
            table.Property(row => row.Entries).IsConcurrencyToken();
        });
        NameAndLimitColumns(modelBuilder);
    }

    private static void NameAndLimitColumns(ModelBuilder modelBuilder)
    {
        string[] unlimited = [nameof(AuditEventRow.Message), nameof(AuditEventRow.Exception), nameof(AuditEventRow.Details),
            nameof(AuditEventRow.Scope), nameof(JobLogRow.Properties), nameof(JobRow.LastMessage)];
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(table => table.GetProperties()))
        {
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
            if (property.ClrType != typeof(string) || unlimited.Contains(property.Name)) continue;
            property.SetMaxLength(property.Name switch
            {
                nameof(AuditEventRow.Instance) => ColumnLengths.Instance,
                nameof(AuditEventRow.Category) => ColumnLengths.Category,
                _ => ColumnLengths.Name,
            });
        }
    }
}
