namespace Zotify.Logging.Tests.Database.Support;

/// <summary>
/// Marks a test of a contract that cannot pass on the stand-in for SQL Server. It is skipped there, with the reason. It runs on SQL Server,
/// and on every other engine.
/// </summary>
/// <param name="reason">What the stand-in cannot do, and what SQL Server does.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StandInLimitAttribute(string reason) : Attribute
{
    /// <summary>What the stand-in cannot do, and what SQL Server does.</summary>
    public string Reason => reason;
}
