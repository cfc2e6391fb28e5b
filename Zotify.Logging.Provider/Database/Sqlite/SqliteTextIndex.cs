using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Zotify.Logging.Database;

/// <summary>
/// The index of the texts of audit events. <c>audit_text</c> has their trigrams, in the order of time; <c>audit_text_order</c> maps each
/// place in that order to its row. A trigger of the schema deletes from both when rows are deleted.
/// </summary>
internal static class SqliteTextIndex
{
    // Each 64 ticks (6.4 µs) have one place. If they have more events, the others get the following places.
    private const int TicksShift = 6;

    // Where a place is in use, the statement tries the place after the last one used of the next 64, then of the next 4096 and so on: a few
    // steps, however many events have the same time.
    private static readonly string InsertPlace =
        $"""
        INSERT INTO audit_text_order (place, lag, row_id)
        SELECT place, place - @first, @row
        FROM (
          SELECT coalesce(
            iif(EXISTS (SELECT 1 FROM audit_text_order WHERE place = @first), NULL, @first),
            {AfterLastOf(64)},
            {AfterLastOf(4_096)},
            {AfterLastOf(262_144)},
            {AfterLastOf(16_777_216)},
            (SELECT max(place) + 1 FROM audit_text_order)) AS place)
        RETURNING place
        """;

    /// <summary>The first place of a time in UTC. Later times have higher places.</summary>
    public static long PlaceOf(DateTime time) => time.Ticks >> TicksShift;

    /// <summary>
    /// Adds rows that this connection has just inserted, in the same transaction and with no insert after them.
    /// </summary>
    public static async Task AddAsync(LoggingConnection connection, IReadOnlyList<AuditEventRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0) return;
        var places = await InsertPlacesAsync(connection, rows, cancellationToken).ConfigureAwait(false);
        // After all places, because FTS5 writes a segment whenever a statement for another table begins.
        var command = Command(
            connection,
            "INSERT INTO audit_text (rowid, message, details) VALUES (@place, @message, @details)",
            "@place", "@message", "@details");
        await using (command.ConfigureAwait(false))
        {
            for (var i = 0; i < rows.Count; i++)
            {
                command.Parameters[0].Value = places[i];
                command.Parameters[1].Value = (object?)rows[i].Message ?? DBNull.Value;
                command.Parameters[2].Value = (object?)rows[i].Details ?? DBNull.Value;
                cancellationToken.ThrowIfCancellationRequested();
                command.ExecuteNonQuery();
            }
        }
    }

    private static async Task<long[]> InsertPlacesAsync(
        LoggingConnection connection, IReadOnlyList<AuditEventRow> rows, CancellationToken cancellationToken)
    {
        var places = new long[rows.Count];
        var last = Command(connection, "SELECT last_insert_rowid()");
        var command = Command(connection, InsertPlace, "@first", "@row");
        await using (last.ConfigureAwait(false))
        await using (command.ConfigureAwait(false))
        {
            // The only writer inserted the rows, so their numbers have no gaps.
            var first = (long)(await last.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))! - rows.Count + 1;
            for (var i = 0; i < rows.Count; i++)
            {
                command.Parameters[0].Value = PlaceOf(rows[i].Timestamp);
                command.Parameters[1].Value = first + i;
                cancellationToken.ThrowIfCancellationRequested();
                places[i] = (long)command.ExecuteScalar()!;
            }
        }

        return places;
    }

    private static DbCommand Command(LoggingConnection connection, string text, params ReadOnlySpan<string> parameters)
    {
        var command = connection.Command(text);
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    private static string AfterLastOf(int count)
    {
        var last = FormattableString.Invariant($"@first + {count - 1}");
        var taken = $"SELECT max(place) AS place FROM audit_text_order WHERE place BETWEEN @first AND {last}";
        return $"(SELECT place + 1 FROM ({taken}) WHERE place < {last})";
    }
}
