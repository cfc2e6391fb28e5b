namespace Zotify.Logging.Tests.Database.Support;

/// <summary>The moments at which a transaction can fail.</summary>
public enum Fault
{
    WhenItBegins,
    BeforeTheRows,
    AfterTheRows,
    BeforeTheCommit,
    AfterTheCommit,
}
