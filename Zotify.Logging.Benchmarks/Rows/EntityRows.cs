using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Zotify.Logging.Benchmarks.Rows;

/// <summary>Entities of the floor's table, in a new context for each transaction.</summary>
internal sealed class EntityRows : IRowWriter
{
    private readonly RowKind _kind;
    private readonly DbContextOptions _options;
    private int _next;

    public EntityRows(RowKind kind, string file)
    {
        _kind = kind;
        PreparedRows.Open(kind, file).Dispose();
        _options = new DbContextOptionsBuilder().UseSqlite($"Data Source={file}").Options;
    }

    public async Task WriteAsync(int count)
    {
        for (var first = 0; first < count; first += RowWriters.EntitiesOfTransaction)
        {
            await using var context = new Context(_options, _kind);
            for (var i = first; i < Math.Min(count, first + RowWriters.EntitiesOfTransaction); i++) context.Add(Entity(_kind.Values(_next++)));
            await context.SaveChangesAsync();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private object Entity(object?[] values) => _kind == JobRows.Kind
        ? new Entry
        {
            JobId = (string)values[0]!,
            Timestamp = (string)values[1]!,
            Level = (string)values[2]!,
            Category = (string)values[3]!,
            EventId = (long?)values[4],
            EventName = (string?)values[5],
            Message = (string?)values[6],
            Properties = (string?)values[7],
            ProgressDone = (long?)values[8],
            ProgressTotal = (long?)values[9],
            Instance = (string)values[10]!,
        }
        : new Event
        {
            Timestamp = (string)values[0]!,
            EventType = (string)values[1]!,
            UserId = (string?)values[2],
            Level = (string)values[3]!,
            Category = (string)values[4]!,
            EventId = (long?)values[5],
            Message = (string?)values[6],
            Details = (string?)values[7],
            Instance = (string)values[8]!,
        };

    private sealed class Context(DbContextOptions options, RowKind kind) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            var entity = modelBuilder.Entity(kind == JobRows.Kind ? typeof(Entry) : typeof(Event));
            entity.ToTable(kind.Table);
            foreach (var property in entity.Metadata.GetProperties())
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }

    private sealed class Entry
    {
        public long Id { get; set; }

        public required string JobId { get; set; }

        public required string Timestamp { get; set; }

        public required string Level { get; set; }

        public required string Category { get; set; }

        public long? EventId { get; set; }

        public string? EventName { get; set; }

        public string? Message { get; set; }

        public string? Properties { get; set; }

        public long? ProgressDone { get; set; }

        public long? ProgressTotal { get; set; }

        public required string Instance { get; set; }
    }

    private sealed class Event
    {
        public long Id { get; set; }

        public required string Timestamp { get; set; }

        public required string EventType { get; set; }

        public string? UserId { get; set; }

        public required string Level { get; set; }

        public required string Category { get; set; }

        public long? EventId { get; set; }

        public string? Message { get; set; }

        public string? Details { get; set; }

        public required string Instance { get; set; }
    }
}
