using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Zotify.Logging.Provider.Database.Entities;

namespace Zotify.Logging.Provider.Database;

/// <summary>
/// The one model of all engines. An engine derives from it, because its migrations need a context of their own. Tables,
/// columns and indexes are read by people in SQL directly: documented and stable.
/// </summary>
internal abstract class LoggingDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<JournalRow> Journals => Set<JournalRow>();

    public DbSet<AuditEventRow> AuditEvents => Set<AuditEventRow>();

    public DbSet<AuditCountRow> AuditCounts => Set<AuditCountRow>();

    public DbSet<JobLogRow> JobLogs => Set<JobLogRow>();

    public DbSet<JobRow> Jobs => Set<JobRow>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<JournalRow>(journal =>
        {
            journal.ToTable("journals");
            journal.Property(j => j.Instance).HasMaxLength(ColumnLimits.Instance);
            journal.Property(j => j.Name).HasMaxLength(ColumnLimits.Category);
            journal.Property(j => j.Hash).HasMaxLength(ColumnLimits.Instance);
            journal.HasIndex(j => j.Journal).IsUnique();
        });
        modelBuilder.Entity<AuditEventRow>(ConfigureAudit);
        modelBuilder.Entity<AuditCountRow>(count =>
        {
            count.ToTable("audit_counts").HasKey(c => new { c.Hour, c.EventType });
            count.Property(c => c.EventType).HasMaxLength(ColumnLimits.Name);
        });
        modelBuilder.Entity<JobLogRow>(ConfigureJobLogs);
        modelBuilder.Entity<JobRow>(job =>
        {
            job.ToTable("jobs").HasKey(j => j.JobId);
            job.Property(j => j.JobId).HasMaxLength(ColumnLimits.Name);
            job.Property(j => j.JobType).HasMaxLength(ColumnLimits.Name);
            job.Property(j => j.Status).HasMaxLength(16);
            job.Property(j => j.Instance).HasMaxLength(ColumnLimits.Instance);
            job.HasIndex(j => new { j.Status, j.LastAt });
            job.HasIndex(j => j.LastAt);
        });

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }

    private static void ConfigureAudit(EntityTypeBuilder<AuditEventRow> audit)
    {
        audit.ToTable("audit_events").HasKey(e => e.RowId);
        audit.Property(e => e.EventType).HasMaxLength(ColumnLimits.Name);
        audit.Property(e => e.UserId).HasMaxLength(ColumnLimits.Name);
        audit.Property(e => e.SourceIp).HasMaxLength(ColumnLimits.Name);
        audit.Property(e => e.Level).HasMaxLength(16);
        audit.Property(e => e.Category).HasMaxLength(ColumnLimits.Category);
        audit.Property(e => e.TraceId).HasMaxLength(32);
        audit.Property(e => e.SpanId).HasMaxLength(16);
        audit.Property(e => e.Instance).HasMaxLength(ColumnLimits.Instance);
        audit.Property(e => e.KeyId).HasMaxLength(ColumnLimits.Name);
        audit.Property(e => e.Hash).HasMaxLength(ColumnLimits.Instance);
        audit.HasOne<JournalRow>().WithMany().HasForeignKey(e => e.JournalId).OnDelete(DeleteBehavior.Restrict);
        audit.HasIndex(e => new { e.JournalId, e.Seq }).IsUnique();
        audit.HasIndex(e => e.Id);
        // Each ends with the order of the answers, so that a page is read off the index.
        audit.HasIndex(e => new { e.Timestamp, e.JournalId, e.Seq });
        audit.HasIndex(e => new { e.UserId, e.Timestamp, e.JournalId, e.Seq });
        audit.HasIndex(e => new { e.EventType, e.Timestamp, e.JournalId, e.Seq });
        audit.HasIndex(e => e.TraceId);
    }

    private static void ConfigureJobLogs(EntityTypeBuilder<JobLogRow> entry)
    {
        entry.ToTable("job_logs");
        entry.Property(e => e.JobId).HasMaxLength(ColumnLimits.Name);
        entry.Property(e => e.Instance).HasMaxLength(ColumnLimits.Instance);
        entry.Property(e => e.Level).HasMaxLength(16);
        entry.Property(e => e.Category).HasMaxLength(ColumnLimits.Category);
        entry.Property(e => e.EventName).HasMaxLength(ColumnLimits.Name);
        entry.Property(e => e.TraceId).HasMaxLength(32);
        entry.Property(e => e.SpanId).HasMaxLength(16);
        entry.HasOne<JournalRow>().WithMany().HasForeignKey(e => e.JournalId).OnDelete(DeleteBehavior.Restrict);
        entry.HasIndex(e => new { e.JournalId, e.Seq }).IsUnique();
        entry.HasIndex(e => new { e.JobId, e.Id });
        entry.HasIndex(e => e.Timestamp);
    }
}
