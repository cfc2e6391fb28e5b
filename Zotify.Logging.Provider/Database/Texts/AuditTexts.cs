namespace Zotify.Logging.Database;

/// <summary>The texts of an event that are searched, folded.</summary>
internal static class AuditTexts
{
    public static IEnumerable<string> Of(AuditEventRow row)
    {
        foreach (var text in (string?[])[row.Message, row.Exception, row.EventType, row.UserId, row.SourceIp, row.Category, row.Details])
            if (text is not null) yield return text.ToLowerInvariant();
    }
}
