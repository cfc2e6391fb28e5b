using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.SqlServer;

/// <summary>
/// Reads the tables of SQL Server by LINQ: register it with <c>AddDbContext&lt;ZotifyLogsContext&gt;(o =&gt; o.UseSqlServer(…))</c>, and
/// add
/// <c>.UseZotifySchema("…")</c> where <c>Database:Schema</c> names a schema.
/// Only the library writes these tables. Nothing is tracked, and saving throws. <c>ExecuteUpdate</c>, <c>ExecuteDelete</c> and raw SQL are
/// not stopped here: use a login that may only SELECT. As every <see cref="DbContext"/>, it is used by one thread at a time.
/// </summary>
/// <remarks>The migrations of the tables are created from its model. All times are in UTC.</remarks>
public class ZotifyLogsContext : DbContext
{
    private const int TimeDigits = 7;
    private const string ReadOnly =
        "ZotifyLogsContext only reads: the tables are a copy of the journals, and what is changed in them is not logged. "
        + "Log an event or an entry instead.";

    private readonly string? _schema;

    /// <summary>Creates a context for the database of the options; opens no connection.</summary>
    /// <param name="options">Options with <c>UseSqlServer</c>.</param>
    public ZotifyLogsContext(DbContextOptions<ZotifyLogsContext> options)
        : this((DbContextOptions)options)
    {
    }

    private protected ZotifyLogsContext(DbContextOptions options)
        : base(options)
    {
        // Before the change tracker, which builds the model.
        _schema = options.FindExtension<ZotifySchemaExtension>()?.Schema;
        ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
    }

    /// <summary>The journals, and how far each is projected.</summary>
    public DbSet<JournalRow> Journals => Set<JournalRow>();

    /// <summary>The audit events. Read them by time, user, type or trace: each has an index.</summary>
    public DbSet<AuditEventRow> AuditEvents => Set<AuditEventRow>();

    /// <summary>The audit events, counted by hour and type.</summary>
    public DbSet<AuditCountRow> AuditCounts => Set<AuditCountRow>();

    /// <summary>The entries of the jobs. Within a job they are ordered by <see cref="JobLogRow.Id"/>.</summary>
    public DbSet<JobLogRow> JobLogs => Set<JobLogRow>();

    /// <summary>The jobs, each summed up from its entries.</summary>
    public DbSet<JobRow> Jobs => Set<JobRow>();

    /// <summary>The processes that write logs, and when each was last seen.</summary>
    public DbSet<InstanceRow> Instances => Set<InstanceRow>();

    /// <summary>Always throws: the context only reads.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException(ReadOnly);

    /// <summary>Always throws: the context only reads.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(ReadOnly);

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<SqlServerTimeConverter>().HavePrecision(TimeDigits);
    }

    /// <inheritdoc/>
    // People query these tables directly in SQL: a renamed column breaks their queries.
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        if (_schema is not null) modelBuilder.HasDefaultSchema(_schema);
        modelBuilder.Entity<JournalRow>(table =>
        {
            table.ToTable("journals");
            table.HasIndex(row => row.Journal).IsUnique();
        });
        modelBuilder.Entity<AuditEventRow>(table =>
        {
            // Every instance appends in a range of its own: see the migration.
            table.ToTable("audit_events").HasKey(row => row.RowId).IsClustered(false);
            table.HasOne<JournalRow>().WithMany().HasForeignKey(row => row.JournalId).OnDelete(DeleteBehavior.Restrict);
            table.HasIndex(row => new { row.JournalId, row.Seq }).IsUnique().IsClustered();
            // Each index ends with the sort order of the answers, so that the newest rows of every filter are read without sorting.
            table.HasIndex(row => new { row.Timestamp, row.JournalId, row.Seq });
            table.HasIndex(row => new { row.UserId, row.Timestamp, row.JournalId, row.Seq });
            table.HasIndex(row => new { row.EventType, row.Timestamp, row.JournalId, row.Seq });
            // A trace has few rows. The index of the texts finds the rows of an address, an instance and an id.
            table.HasIndex(row => row.TraceId);
            table.ToTable(checks =>
            {
                checks.HasCheckConstraint("CK_audit_events_details", "ISJSON([details]) = 1");
                checks.HasCheckConstraint("CK_audit_events_scope", "ISJSON([scope]) = 1");
            });
        });
        modelBuilder.Entity<AuditCountRow>(table => table.ToTable("audit_counts").HasKey(row => new { row.Hour, row.EventType }));
        AddTextIndex(modelBuilder);
        modelBuilder.Entity<JobLogRow>(table =>
        {
            table.ToTable("job_logs").HasKey(row => row.Id).IsClustered(false);
            table.HasOne<JournalRow>().WithMany().HasForeignKey(row => row.JournalId).OnDelete(DeleteBehavior.Restrict);
            table.HasIndex(row => new { row.JournalId, row.Seq }).IsUnique().IsClustered();
            table.HasIndex(row => new { row.JobId, row.Id });
            // A job's readers continue in each journal separately.
            table.HasIndex(row => new { row.JobId, row.JournalId, row.Seq });
            table.HasIndex(row => row.Timestamp);
            table.ToTable(checks => checks.HasCheckConstraint("CK_job_logs_properties", "ISJSON([properties]) = 1"));
        });
        modelBuilder.Entity<JobRow>(table =>
        {
            table.ToTable("jobs").HasKey(row => row.JobId);
            table.HasIndex(row => new { row.Instance, row.Status });
            // The sort orders of the list of jobs.
            table.HasIndex(row => new { row.FirstAt, row.JobId });
            table.HasIndex(row => new { row.EndedAt, row.JobId });
            // Retention finds old jobs by it.
            table.HasIndex(row => row.LastAt);
            table.Property(row => row.Entries).IsConcurrencyToken();
        });
        modelBuilder.Entity<InstanceRow>(table =>
        {
            table.ToTable("instances").HasKey(row => row.Instance);
            table.HasIndex(row => row.SeenAt);
        });
        NameAndLimitColumns(modelBuilder);
    }

    /// <summary>The tables of the index of the texts, which nobody reads through the context.</summary>
    private static void AddTextIndex(ModelBuilder modelBuilder)
    {
        modelBuilder.SharedTypeEntity<Dictionary<string, object>>("audit_text_runs", table =>
        {
            table.IndexerProperty<long>("journal_id");
            table.IndexerProperty<long>("first_seq");
            table.IndexerProperty<long>("last_seq");
            table.IndexerProperty<int>("block_rows");
            table.IndexerProperty<DateTime>("earliest");
            table.IndexerProperty<DateTime>("latest");
            table.IndexerProperty<byte[]?>("pages");
            table.ToTable("audit_text_runs").HasKey("journal_id", "first_seq");
        });
        modelBuilder.SharedTypeEntity<Dictionary<string, object>>("audit_text_pages", table =>
        {
            table.IndexerProperty<long>("journal_id");
            table.IndexerProperty<long>("first_seq");
            table.IndexerProperty<int>("page");
            table.IndexerProperty<byte[]>("data").IsRequired();
            table.ToTable("audit_text_pages").HasKey("journal_id", "first_seq", "page");
        });
    }

    private static void NameAndLimitColumns(ModelBuilder modelBuilder)
    {
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(table => table.GetProperties()))
        {
            var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            property.SetColumnName(name);
            if (property.ClrType != typeof(string) || LengthOf(property.DeclaringType.ClrType, name) is not { } length) continue;
            property.SetCollation(SqlServerDialect.Binary);
            property.SetMaxLength(length);
        }
    }

    /// <summary>The most characters of a text; <see langword="null"/> means any number.</summary>
    private static int? LengthOf(Type table, string column)
    {
        if (table == typeof(AuditEventRow)) return LengthOf(AuditEventRow.Columns, column);
        if (table == typeof(JobLogRow)) return LengthOf(JobLogRow.Columns, column);
        if (table == typeof(JobRow)) return LengthOf(JobRow.Columns, column);
        if (table == typeof(InstanceRow)) return LengthOf(InstanceRow.Columns, column);
        return column == "instance" ? ColumnLengths.Instance : ColumnLengths.Name;
    }

    private static int? LengthOf<TRow>(IEnumerable<RowColumn<TRow>> columns, string name) =>
        columns.Single(column => column.Name == name).Length;
}
