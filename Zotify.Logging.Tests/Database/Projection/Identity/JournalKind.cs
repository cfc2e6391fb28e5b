namespace Zotify.Logging.Tests.Database.Projection.Identity;

/// <summary>The journals that are projected.</summary>
public enum JournalKind
{
    Audit,
    Jobs,
}
