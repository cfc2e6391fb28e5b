using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Zotify.Logging.Database;
using Zotify.Logging.Records;
using Column = Zotify.Logging.Database.RowColumn<Zotify.Logging.InstanceRow>;

namespace Zotify.Logging;

/// <summary>A row of <c>instances</c>: a process that writes logs, and when it was last seen.</summary>
public sealed class InstanceRow
{
    /// <summary>Creates a row whose required members the caller sets.</summary>
    public InstanceRow()
    {
    }

    /// <summary>Creates a row whose members are set by <see cref="Columns"/>.</summary>
    [SetsRequiredMembers]
    internal InstanceRow(string instance) => Instance = instance;

    /// <summary>Its name: <c>Logging:Zotify:Instance</c>.</summary>
    public required string Instance { get; set; }

    /// <summary>When its present or last run started, in UTC.</summary>
    public required DateTime StartedAt { get; set; }

    /// <summary>When it last wrote this row, in UTC: every 10 seconds while it runs and reaches the database.</summary>
    public required DateTime SeenAt { get; set; }

    /// <summary>When its last run stopped, in UTC; <see langword="null"/> while it runs, and after a crash.</summary>
    public DateTime? StoppedAt { get; set; }

    /// <summary>The version of its program.</summary>
    public string? Version { get; set; }

    /// <summary>All columns: the one list that tables, readers and model follow.</summary>
    internal static ImmutableArray<RowColumn<InstanceRow>> Columns { get; } =
    [
        Column.Text("instance", ColumnLengths.Instance, row => row.Instance, (row, value) => row.Instance = value),
        Column.Time("started_at", row => row.StartedAt, (row, value) => row.StartedAt = value),
        Column.Time("seen_at", row => row.SeenAt, (row, value) => row.SeenAt = value),
        Column.TimeOrNull("stopped_at", row => row.StoppedAt, (row, value) => row.StoppedAt = value),
        Column.TextOrNull("version", ColumnLengths.Name, row => row.Version, (row, value) => row.Version = value),
    ];
}
