using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Zotify.Logging.Provider.Queries.Audit;

/// <summary>The place of an event in the order of answers: time, then journal, then number. Opaque to clients.</summary>
internal readonly record struct AuditCursor(bool Descending, DateTime Timestamp, long JournalId, long Seq)
{
    private const string Version = "a1";

    /// <summary>Reads a cursor.</summary>
    /// <exception cref="InvalidPositionException">It is none, or one of the other order.</exception>
    public static AuditCursor Parse(string text, bool descending)
    {
        if (Base64Url.IsValid(text)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(':') is [Version, var order, var ticks, var journal, var seq]
            && order == Order(descending)
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time <= DateTime.MaxValue.Ticks
            && long.TryParse(journal, NumberStyles.None, CultureInfo.InvariantCulture, out var journalId)
            && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return new AuditCursor(descending, new DateTime(time, DateTimeKind.Utc), journalId, number);

        throw new InvalidPositionException("cursor");
    }

    /// <inheritdoc/>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Version}:{Order(Descending)}:{Timestamp.Ticks}:{JournalId}:{Seq}")));

    private static string Order(bool descending) => descending ? "d" : "a";
}
