using System.Text;
using System.Text.Json;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>Reads the first bad line of a verification, and its row, so that people can compare them.</summary>
/// <param name="database">The database.</param>
/// <param name="location">Where the files are.</param>
internal sealed class AuditEvidenceReader(LoggingDatabase database, JournalLocation location)
{
    private const int MostCharacters = 32_768;

    /// <summary>Reads them; <see langword="null"/> where nothing is wrong with a line or a row.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public async Task<AuditEvidence?> ReadAsync(AuditVerification result, CancellationToken cancellationToken)
    {
        if ((result.FirstBadSeq ?? result.FirstBadRow) is not { } seq) return null;
        return new AuditEvidence(seq, LineOf(seq, cancellationToken), await RowOfAsync(seq, cancellationToken).ConfigureAwait(false));
    }

    private string? LineOf(long seq, CancellationToken cancellationToken)
    {
        using var files = JournalFiles.Open(location);
        // The last segment that begins at or before the number.
        var at = files.Count - 1;
        while (at > 0 && files.FirstSeq(at) is var first && (first == 0 || first > seq)) at--;
        if (at < 0) return null;
        using var lines = files.Open(at);
        for (long last = 0; lines is not null && lines.TryRead(out var line);)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isRead = LineFacts.TryRead(line.Span, out var facts);
            // A line that was changed may have no number any more. Its place tells.
            if (isRead ? facts.Seq == seq : last == seq - 1) return TextOf(line.Span);
            if (isRead) last = facts.Seq;
        }

        return null;
    }

    private static string TextOf(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line);
        return text.Length > MostCharacters ? text[..MostCharacters] : text;
    }

    private async Task<AuditEvent?> RowOfAsync(long seq, CancellationToken cancellationToken)
    {
        if (!database.IsConfigured || JournalIdFile.Read(location.JournalPath) is not { } journal) return null;
        try
        {
            return await database.ReadExistingAsync(
                async (connection, cancellation) =>
                {
                    var filter = new SqlFilter(connection.Dialect);
                    filter.Require($"e.seq = {filter.Value(seq)}");
                    filter.Require($"e.journal_id = (SELECT j.id FROM journals AS j WHERE j.journal = {filter.Value(journal)})");
                    var query = SqlQuery.Raw($"SELECT {AuditRowReader.Columns}\nFROM audit_events AS e\n{filter.Where}", filter.Parameters);
                    var rows = await AuditRowReader.ReadAsync(connection, query, cancellation).ConfigureAwait(false);
                    return rows.Count == 0 ? null : AuditEvent.Of(rows[0], journal);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DatabaseUnavailableException or JsonException)
        {
            // A row that somebody changed may hold what no event can have.
            return null;
        }
    }
}
