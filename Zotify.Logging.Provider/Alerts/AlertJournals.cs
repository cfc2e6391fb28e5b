namespace Zotify.Logging.Alerts;

/// <summary>The handlers whose journals are evaluated.</summary>
internal static class AlertJournals
{
    /// <summary>The audit log.</summary>
    public const string Audit = "Audit";

    /// <summary>The logs of jobs.</summary>
    public const string Jobs = "Jobs";
}
