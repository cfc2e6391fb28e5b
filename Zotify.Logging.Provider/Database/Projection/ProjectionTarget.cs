using System.Data.Common;
using System.Text.Json;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>Where a projection writes: an open transaction.</summary>
/// <param name="Engine">Inserts rows.</param>
/// <param name="Context">Reads and changes summaries, in the same transaction.</param>
/// <param name="Transaction">The transaction.</param>
/// <param name="JournalId">The journal's row.</param>
/// <param name="Report">Takes lines that make no row.</param>
internal sealed record ProjectionTarget(
    IDatabaseEngine Engine, LoggingDbContext Context, DbTransaction Transaction, long JournalId, Action<string, Exception?> Report)
{
    /// <summary>Reads every line into a row. A line that makes none is reported, and holds nothing up.</summary>
    public IReadOnlyList<TRow> Read<TRow>(IReadOnlyList<JournalLine> lines, Func<JournalJson, long, TRow> read)
    {
        var rows = new List<TRow>(lines.Count);
        foreach (var line in lines)
        {
            try
            {
                using var json = JsonDocument.Parse(line.Utf8);
                rows.Add(read(new JournalJson(json.RootElement), line.Seq));
            }
            catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
            {
                Report($"line {line.Seq} makes no row of the database; it stays in the journal", exception);
            }
        }

        return rows;
    }
}
